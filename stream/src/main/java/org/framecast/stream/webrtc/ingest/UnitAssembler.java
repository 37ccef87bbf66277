package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.MemorySegment;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;

/**
 * Makes access units of packets that come in order, and delivers none that is not whole.
 *
 * <p>After a gap nothing is delivered before the next keyframe: what refers to a picture that is
 * not there would be shown broken. Sound goes on with the next packet.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Ownership:</b> units are the taker's.
 */
final class UnitAssembler implements AutoCloseable {
  /** Takes whole units. */
  interface Taker {
    /**
     * A unit is whole.
     *
     * <p><b>Ownership:</b> the unit is the taker's, which closes it.
     */
    void unit(AccessUnit unit);

    /** Nothing can be delivered without a keyframe. */
    void keyframeNeeded();
  }

  private final Codec codec;
  private final Depacketizer depacketizer;
  private final UnitBuffer unit;
  private final TrackTimeline timeline;
  private final Taker taker;
  private boolean open;
  private boolean broken;
  private boolean afterGap = true;
  private boolean awaitsKeyframe;
  private int timestamp;
  private long arrivalNanos;
  private long units;
  private long lost;

  UnitAssembler(
      Codec codec, BufferPool pool, int maxUnitBytes, TrackTimeline timeline, Taker taker) {
    this.codec = codec;
    this.depacketizer = Depacketizer.of(codec);
    this.unit = new UnitBuffer(pool, maxUnitBytes);
    this.timeline = timeline;
    this.taker = taker;
    this.awaitsKeyframe = codec != Codec.OPUS;
  }

  /** Takes the next packet in order. */
  void packet(RtpHeader header, MemorySegment memory, long arrived) {
    if (header.payloadBytes() == 0) {
      // Padding probes the path; its number counts, its time does not.
      return;
    }
    if (open && (header.timestamp() != timestamp || codec == Codec.OPUS)) {
      finish();
    }
    if (!open) {
      begin(header, memory, arrived);
    }
    if (!broken
        && depacketizer.add(memory, header.payloadAt(), header.payloadBytes(), unit)
            == Depacketizer.Part.BROKEN) {
      broken = true;
    }
    if (header.marker() || codec == Codec.OPUS) {
      finish();
    }
  }

  private void begin(RtpHeader header, MemorySegment memory, long arrived) {
    open = true;
    timestamp = header.timestamp();
    arrivalNanos = arrived;
    unit.clear();
    depacketizer.begin();
    // The packet before this one is not known, so only a packet that says so is the first.
    broken = afterGap && !depacketizer.isFirst(memory, header.payloadAt(), header.payloadBytes());
    afterGap = false;
  }

  private void finish() {
    open = false;
    if (!broken && depacketizer.end(unit) == Depacketizer.Part.BROKEN) {
      broken = true;
    }
    if (broken) {
      lose();
    } else if (unit.sizeBytes() > 0) {
      whole();
    }
  }

  private void whole() {
    AccessUnit.Kind kind =
        depacketizer.isKeyframe() ? AccessUnit.Kind.KEYFRAME : AccessUnit.Kind.DELTA;
    if (kind == AccessUnit.Kind.KEYFRAME) {
      awaitsKeyframe = false;
    }
    if (awaitsKeyframe) {
      lost++;
      taker.keyframeNeeded();
      return;
    }
    long ptsNanos = timeline.pts(timestamp, arrivalNanos);
    units++;
    taker.unit(new AccessUnit(codec, kind, unit.take(), ptsNanos, 0));
  }

  private void lose() {
    lost++;
    broken = false;
    unit.clear();
    if (codec != Codec.OPUS) {
      awaitsKeyframe = true;
      taker.keyframeNeeded();
    }
  }

  /** Packets before the next one will not come. */
  void gap() {
    if (open) {
      open = false;
    }
    afterGap = true;
    lose();
  }

  /** Whether deltas are of no use now. */
  boolean awaitsKeyframe() {
    return awaitsKeyframe;
  }

  /** Units delivered. */
  long units() {
    return units;
  }

  /** Units that were not whole, or of no use. */
  long lost() {
    return lost;
  }

  @Override
  public void close() {
    unit.close();
  }
}
