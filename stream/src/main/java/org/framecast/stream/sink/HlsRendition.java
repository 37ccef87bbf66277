package org.framecast.stream.sink;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.framecast.stream.codec.Container;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.Muxer;
import org.framecast.stream.codec.MuxerSettings;
import org.framecast.stream.codec.MuxerTarget;
import org.framecast.stream.codec.TrackFormat;
import org.framecast.stream.codec.TrackUnit;
import org.framecast.stream.media.AccessUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one track into segments and parts. A unit is written when the next one says how long it is.
 *
 * <p><b>Thread:</b> its sink's.
 *
 * <p><b>Ownership:</b> holds the units that wait; owns its muxer.
 */
final class HlsRendition implements AutoCloseable {
  private static final double NANOS = 1e9;

  /** Whether a segment begins with a unit. */
  enum Cut {
    SEGMENT,
    NONE
  }

  private record Waiting(TrackUnit unit, Cut cut) {}

  private final HlsPlaylist playlist;
  private final HlsTiming timing;
  private final long unitNanos;
  private final Function<TrackUnit, TrackFormat> format;
  private final MediaCodecs codecs;
  private final HlsOutput output;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
  private final ByteArrayOutputStream segment = new ByteArrayOutputStream();
  private @Nullable Muxer muxer;
  private @Nullable TrackFormat written;
  private @Nullable TrackUnit pending;
  private boolean headerDue = true;
  private boolean started;
  private long originNanos;
  private long partStartNanos;
  private long segmentStartNanos;
  private HlsPlaylist.Start partStart = HlsPlaylist.Start.KEYFRAME;
  private long peakBps;
  private boolean changed;

  /**
   * @param unitNanos how long a unit is by rights
   * @param format what the track says of itself, by its first unit
   */
  HlsRendition(
      HlsPlaylist playlist,
      HlsTiming timing,
      long unitNanos,
      Function<TrackUnit, TrackFormat> format,
      Target target) {
    this.playlist = playlist;
    this.timing = timing;
    this.unitNanos = unitNanos;
    this.format = format;
    this.codecs = target.codecs();
    this.output = target.output();
  }

  /** What muxes, and where it goes. */
  record Target(MediaCodecs codecs, HlsOutput output) {}

  HlsPlaylist playlist() {
    return playlist;
  }

  /** What its track says of itself; null before the first unit. */
  @Nullable TrackFormat format() {
    return written;
  }

  /** The most bits a second that a segment had. */
  long peakBps() {
    return peakBps;
  }

  /** Whether a unit came. */
  boolean hasBegun() {
    return written != null || !waiting.isEmpty();
  }

  /** Whether its playlist says more than at the last time that this was asked. */
  boolean takeChanged() {
    boolean since = changed;
    changed = false;
    return since;
  }

  /** The time of its first unit, before it is started. */
  long firstNanos() {
    return waiting.element().unit().ptsNanos();
  }

  /** Says where time begins; what is before is left out. */
  void start(long origin) {
    started = true;
    originNanos = origin;
    while (!waiting.isEmpty()) {
      Waiting first = waiting.remove();
      try (TrackUnit unit = first.unit()) {
        place(unit, first.cut());
      }
    }
  }

  /** Takes a unit, which is lent. */
  void add(TrackUnit unit, Cut cut) {
    if (started) {
      place(unit, cut);
    } else {
      waiting.add(new Waiting(unit.hold(), cut));
    }
  }

  private void place(TrackUnit unit, Cut cut) {
    long nanos = unit.ptsNanos() - originNanos;
    if (nanos < 0) {
      return;
    }
    if (muxer == null) {
      open(unit, nanos);
    }
    if (pending != null) {
      cutBefore(pending, nanos);
      write(nanos);
      if (cut == Cut.SEGMENT && nanos > segmentStartNanos) {
        endSegment(nanos);
        begin(unit, nanos);
      } else if (timing.hasParts()
          && nanos - partStartNanos + unitNanos > timing.partTargetNanos()) {
        endPart(nanos);
        begin(unit, nanos);
      }
    }
    pending = unit.hold().at(nanos, unitNanos);
  }

  /**
   * Ends the part before a unit that lasts so long that both together were longer than one may be.
   */
  private void cutBefore(TrackUnit unit, long untilNanos) {
    if (timing.hasParts()
        && untilNanos - partStartNanos > timing.partTargetNanos()
        && unit.ptsNanos() > partStartNanos) {
      endPart(unit.ptsNanos());
      begin(unit, unit.ptsNanos());
    }
  }

  private void open(TrackUnit first, long nanos) {
    TrackFormat its = format.apply(first);
    muxer =
        codecs.openMuxer(
            new MuxerSettings(Container.CMAF, List.of(its), Map.of()),
            new MuxerTarget.ToMemory(this::receive));
    written = its;
    segmentStartNanos = nanos;
    begin(first, nanos);
  }

  private void begin(TrackUnit unit, long nanos) {
    partStartNanos = nanos;
    partStart =
        unit.kind() == AccessUnit.Kind.KEYFRAME
            ? HlsPlaylist.Start.KEYFRAME
            : HlsPlaylist.Start.DELTA;
  }

  private void write(long untilNanos) {
    Muxer open = muxer;
    TrackUnit unit = pending;
    pending = null;
    if (open != null && unit != null) {
      try (unit) {
        open.write(0, unit.at(unit.ptsNanos(), Math.max(1, untilNanos - unit.ptsNanos())));
      }
    }
  }

  private void receive(MemorySegment bytes) {
    byte[] array = bytes.toArray(ValueLayout.JAVA_BYTE);
    if (headerDue) {
      headerDue = false;
      output.media(playlist.header(), array);
    } else {
      piece.writeBytes(array);
    }
  }

  private void flush() {
    Muxer open = muxer;
    if (open != null) {
      piece.reset();
      open.flush();
      segment.writeBytes(piece.toByteArray());
    }
  }

  private void endPart(long nanos) {
    flush();
    if (timing.hasParts()) {
      String name = playlist.part();
      output.media(name, piece.toByteArray());
      changed = true;
      playlist.add(new HlsPlaylist.Part(name, (nanos - partStartNanos) / NANOS, partStart));
    }
  }

  private void endSegment(long nanos) {
    endPart(nanos);
    double seconds = (nanos - segmentStartNanos) / NANOS;
    output.media(playlist.segment(), segment.toByteArray());
    peakBps = Math.max(peakBps, Math.round(segment.size() * 8 / seconds));
    changed = true;
    segment.reset();
    segmentStartNanos = nanos;
    playlist.complete(seconds, output::remove);
  }

  /** The last unit is out, and the last segment complete. */
  void finish() {
    TrackUnit last = pending;
    if (last != null) {
      long end = last.ptsNanos() + unitNanos;
      write(end);
      endSegment(end);
    }
    playlist.end();
    changed = true;
  }

  /** Idempotent. */
  @Override
  public void close() {
    waiting.forEach(each -> each.unit().close());
    waiting.clear();
    TrackUnit unit = pending;
    pending = null;
    if (unit != null) {
      unit.close();
    }
    Muxer open = muxer;
    if (open != null) {
      open.close();
    }
  }
}
