package org.framecast.stream.webrtc;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.function.Consumer;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.webrtc.rtp.NtpTimeline;
import org.framecast.stream.webrtc.rtp.PacketBatch;
import org.framecast.stream.webrtc.rtp.Packetizer;
import org.framecast.stream.webrtc.rtp.SenderReport;

/**
 * Packetizes the units of one track once and sends the packets to each viewer in turn.
 *
 * <p><b>Thread:</b> {@link #deliver} one at a time. {@link #add} and {@link #remove} any: the
 * sender reads an array that they replace, and waits for nobody.
 */
final class TrackFanOut implements AccessUnitSink, AutoCloseable {
  private static final ViewerTrack[] NONE = {};

  private final MediaKind kind;
  private final Packetizer packetizer;
  private final KeyframeRequests keyframes;
  private final MediaClock clock;
  private final Arena arena = Arena.ofShared();
  private final Delivery delivery;
  private final Consumer<ViewerTrack> dead;
  private final PacketBatch batch = new PacketBatch();
  // Held by the sender for one unit, and by close: never by those who come and go.
  private final Object sending = new Object();
  private boolean closed;
  private volatile ViewerTrack[] tracks = NONE;
  private volatile long units;
  private volatile long refused;
  private long departedPackets;
  private long departedBytes;
  private long departedDropped;

  TrackFanOut(
      MediaKind kind,
      Packetizer packetizer,
      KeyframeRequests keyframes,
      MediaClock clock,
      NtpTimeline timeline,
      long reportIntervalNanos,
      Consumer<ViewerTrack> dead) {
    this.kind = kind;
    this.packetizer = packetizer;
    this.keyframes = keyframes;
    this.clock = clock;
    this.delivery =
        new Delivery(timeline, arena.allocate(SenderReport.MAX_BYTES, 8), reportIntervalNanos);
    this.dead = dead;
  }

  @Override
  public void deliver(AccessUnit unit) {
    synchronized (sending) {
      if (closed) {
        return;
      }
      units++;
      boolean alone = kind == MediaKind.AUDIO || unit.kind() == AccessUnit.Kind.KEYFRAME;
      if (kind == MediaKind.VIDEO) {
        note(alone);
      }
      // Read after the keyframe was noted: who joins later asks for another.
      ViewerTrack[] now = tracks;
      if (now.length == 0) {
        return;
      }
      if (packetizer.packetize(unit, batch) == Packetizer.Outcome.REFUSED) {
        refused++;
        if (kind == MediaKind.VIDEO) {
          keyframes.want();
        }
        return;
      }
      delivery.of(unit.ptsNanos(), clock.nanos(), alone);
      send(now);
    }
  }

  private void note(boolean keyframe) {
    if (keyframe) {
      keyframes.keyframe();
    } else {
      keyframes.delta();
    }
  }

  private void send(ViewerTrack[] now) {
    boolean waiting = false;
    for (ViewerTrack track : now) {
      if (!track.send(batch, delivery)) {
        remove(track);
        dead.accept(track);
      }
      waiting |= track.awaitsKeyframe();
    }
    if (waiting && kind == MediaKind.VIDEO) {
      keyframes.want();
    }
  }

  synchronized void add(ViewerTrack track) {
    ViewerTrack[] more = Arrays.copyOf(tracks, tracks.length + 1);
    more[tracks.length] = track;
    tracks = more;
  }

  synchronized void remove(ViewerTrack track) {
    ViewerTrack[] before = tracks;
    for (int i = 0; i < before.length; i++) {
      if (before[i] == track) {
        ViewerTrack[] fewer = new ViewerTrack[before.length - 1];
        System.arraycopy(before, 0, fewer, 0, i);
        System.arraycopy(before, i + 1, fewer, i, fewer.length - i);
        tracks = fewer;
        departedPackets += track.packets();
        departedBytes += track.bytes();
        departedDropped += track.dropped();
        return;
      }
    }
  }

  boolean isUsed() {
    return tracks.length > 0;
  }

  /** A viewer cannot go on without a keyframe. */
  void keyframeWanted() {
    keyframes.want();
  }

  long keyframesAsked() {
    return keyframes.asked();
  }

  long units() {
    return units;
  }

  long refused() {
    return refused;
  }

  synchronized long packets() {
    long sum = departedPackets;
    for (ViewerTrack track : tracks) {
      sum += track.packets();
    }
    return sum;
  }

  synchronized long bytes() {
    long sum = departedBytes;
    for (ViewerTrack track : tracks) {
      sum += track.bytes();
    }
    return sum;
  }

  synchronized long dropped() {
    long sum = departedDropped;
    for (ViewerTrack track : tracks) {
      sum += track.dropped();
    }
    return sum;
  }

  @Override
  public void close() {
    synchronized (sending) {
      if (!closed) {
        closed = true;
        batch.close();
        arena.close();
      }
    }
  }
}
