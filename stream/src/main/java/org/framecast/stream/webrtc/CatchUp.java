package org.framecast.stream.webrtc;

import org.framecast.stream.time.MediaClock;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.webrtc.rtp.PacketHistory;
import org.framecast.stream.webrtc.rtp.PacketScratch;

/**
 * How new viewers of a shard begin: with the last keyframe if that is young enough, and what came
 * after it, a few packets at a time; or with the next keyframe.
 *
 * <p><b>Thread:</b> the sender's.
 */
final class CatchUp {
  /**
   * Packets that a viewer who catches up is sent at once, and then again after a pause: a third of
   * what the default socket buffer of a Linux machine holds.
   */
  private static final int BURST_PACKETS = 32;

  private final MediaClock clock;
  private final long maxCachedNanos;
  private final long[] cursors;
  private final Delivery delivery;
  private final PacketHistory.Unit unit = new PacketHistory.Unit();

  /** Sends one viewer a unit whose packets are loaded. */
  interface Delivery {
    void deliver(ViewerTrack track, Lane lane, PacketHistory.Unit unit, PacketScratch scratch);
  }

  /**
   * @param cursors the shard's: the next unit of each lane that all others are sent
   */
  CatchUp(MediaClock clock, long maxCachedNanos, long[] cursors, Delivery delivery) {
    this.clock = clock;
    this.maxCachedNanos = maxCachedNanos;
    this.cursors = cursors;
    this.delivery = delivery;
  }

  /** Lets a track that has arrived begin, as soon as it is open. */
  void admit(ViewerTrack track) {
    Lane lane = track.lane();
    if (lane == null || !track.isOpen() || track.mode() != ViewerTrack.Mode.ARRIVING) {
      return;
    }
    if (lane.kind() == MediaKind.AUDIO) {
      track.flow();
      return;
    }
    long keyframe = cachedKeyframe(lane);
    if (keyframe == PacketHistory.NONE) {
      track.await();
      lane.keyframes().want();
    } else if (keyframe >= cursors[lane.index()]) {
      // It came just now, and is still to be sent to all.
      track.await();
    } else {
      track.catchUp(keyframe);
    }
  }

  private long cachedKeyframe(Lane lane) {
    PacketHistory history = lane.history();
    if (history == null) {
      return PacketHistory.NONE;
    }
    long keyframe = history.lastKeyframe();
    boolean young =
        history.unit(keyframe, unit) && clock.nanos() - unit.writtenNanos() <= maxCachedNanos;
    return young ? keyframe : PacketHistory.NONE;
  }

  /** Sends the next units of what came before; true when there is more. */
  boolean proceed(ViewerTrack track, PacketScratch scratch) {
    Lane lane = track.lane();
    PacketHistory history = lane == null ? null : lane.history();
    if (lane == null || history == null) {
      return false;
    }
    int packets = 0;
    while (track.isOpen() && track.cursor() < cursors[lane.index()]) {
      if (packets >= BURST_PACKETS) {
        return true;
      }
      if (!history.unit(track.cursor(), unit)
          || !scratch.load(history, unit.firstPacket(), unit.count())) {
        track.skip(1);
        track.await();
        lane.keyframes().want();
        return false;
      }
      track.advance();
      packets += unit.count();
      delivery.deliver(track, lane, unit, scratch);
    }
    track.flow();
    return false;
  }
}
