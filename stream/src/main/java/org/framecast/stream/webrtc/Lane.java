package org.framecast.stream.webrtc;

import java.util.Optional;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.webrtc.rtp.PacketHistory;
import org.framecast.stream.webrtc.rtp.Packetizer;
import org.jspecify.annotations.Nullable;

/**
 * One rendition of the picture, or the sound: packetized once into a history that the senders read.
 *
 * <p><b>Thread:</b> {@link #deliver} one at a time; everything else any.
 */
final class Lane implements AutoCloseable {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** After such a pause the rate of before says nothing. */
  private static final long PAUSE_NANOS = 2 * SECOND_NANOS;

  private final int index;
  private final Optional<Rendition> rendition;
  private final Packetizer packetizer;
  private final KeyframeRequests keyframes;
  private final MediaClock clock;
  private final int historyPackets;
  // Held for one unit, and by close: never by those who come and go, nor by senders.
  private final Object writing = new Object();
  private boolean closed;
  private volatile @Nullable PacketHistory history;
  private volatile boolean wanted;
  private volatile long units;
  private volatile long refused;
  private long secondNanos;
  private long secondBytes;
  private long measuredNanos;
  private volatile int bitrateBps;

  /**
   * @param index among the stream's lanes
   * @param rendition empty for the sound
   */
  Lane(
      int index,
      Optional<Rendition> rendition,
      Packetizer packetizer,
      KeyframeRequests keyframes,
      MediaClock clock,
      int historyPackets) {
    this.index = index;
    this.rendition = rendition;
    this.packetizer = packetizer;
    this.keyframes = keyframes;
    this.clock = clock;
    this.historyPackets = historyPackets;
  }

  int index() {
    return index;
  }

  MediaKind kind() {
    return rendition.isPresent() ? MediaKind.VIDEO : MediaKind.AUDIO;
  }

  Optional<Rendition> rendition() {
    return rendition;
  }

  /** What was delivered so far; empty before the first unit. */
  @Nullable PacketHistory history() {
    return history;
  }

  KeyframeRequests keyframes() {
    return keyframes;
  }

  /** Puts a unit into the history; false when nothing was put there. */
  boolean deliver(AccessUnit unit) {
    synchronized (writing) {
      if (closed) {
        return false;
      }
      units = units + 1;
      PacketHistory packets = opened();
      if (packetizer.packetize(unit, packets) == Packetizer.Outcome.REFUSED) {
        refused = refused + 1;
        if (kind() == MediaKind.VIDEO) {
          keyframes.want();
        }
        return false;
      }
      long now = clock.nanos();
      measure(unit.data().sizeBytes(), now);
      boolean alone = kind() == MediaKind.AUDIO || unit.kind() == AccessUnit.Kind.KEYFRAME;
      packets.commit(alone, unit.ptsNanos(), now);
      // After it is there: who comes between asks for another, or finds this one.
      if (kind() == MediaKind.VIDEO) {
        if (alone) {
          keyframes.keyframe();
        } else {
          keyframes.delta();
        }
      }
      return true;
    }
  }

  private PacketHistory opened() {
    PacketHistory now = history;
    if (now == null) {
      now = PacketHistory.open(historyPackets, packetizer);
      history = now;
    }
    return now;
  }

  private void measure(int bytes, long now) {
    if (secondNanos == 0 || now - measuredNanos > PAUSE_NANOS) {
      secondNanos = now;
      secondBytes = 0;
      bitrateBps = 0;
    }
    measuredNanos = now;
    secondBytes += bytes;
    long elapsed = now - secondNanos;
    if (elapsed >= SECOND_NANOS) {
      bitrateBps = (int) Math.min(Integer.MAX_VALUE, secondBytes * 8 * SECOND_NANOS / elapsed);
      secondNanos = now;
      secondBytes = 0;
    }
  }

  /** Of the last second; 0 before there was one. */
  int bitrateBps() {
    return bitrateBps;
  }

  /** Whether its encoder was asked for; guarded by who asks. */
  boolean isWanted() {
    return wanted;
  }

  void wanted(boolean now) {
    wanted = now;
  }

  long units() {
    return units;
  }

  long refused() {
    return refused;
  }

  /** No sender may read any more. */
  @Override
  public void close() {
    synchronized (writing) {
      if (!closed) {
        closed = true;
        PacketHistory packets = history;
        if (packets != null) {
          packets.close();
        }
      }
    }
  }
}
