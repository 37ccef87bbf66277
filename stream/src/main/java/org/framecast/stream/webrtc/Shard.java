package org.framecast.stream.webrtc;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.webrtc.rtp.PacketHistory;
import org.framecast.stream.webrtc.rtp.PacketScratch;
import org.jspecify.annotations.Nullable;

/**
 * The viewers of one stream that one sender serves.
 *
 * <p>Each unit is copied out of the history once and sent to one viewer after the other. What the
 * sender missed because it was behind is passed over up to the next keyframe. A new viewer begins
 * with the last keyframe if that is young enough, a few packets at a time, or waits for the next.
 *
 * <p><b>Thread:</b> {@link #pass} the sender's; who comes and goes replaces arrays that it reads.
 * Its lock is held by a pass and by close alone.
 */
final class Shard implements AutoCloseable {
  /** Units that a sender may be behind before it passes over them: half a second of pictures. */
  private static final int MAX_BEHIND = 16;

  /**
   * Packets that a viewer who catches up is sent at once, and then again after the pause: a third
   * of what the default socket buffer of a Linux machine holds.
   */
  private static final int BURST_PACKETS = 32;

  private static final long BURST_PAUSE_NANOS = 4_000_000L;

  private static final ViewerTrack[] NONE = {};

  /** What is left of those who have gone. */
  record Departed(long packets, long bytes, long dropped, long skipped, long repeated) {
    static final Departed NOBODY = new Departed(0, 0, 0, 0, 0);

    Departed plus(ViewerTrack track) {
      return new Departed(
          packets + track.packets(),
          bytes + track.bytes(),
          dropped + track.dropped(),
          skipped + track.skipped(),
          repeated + track.repeated());
    }
  }

  private final Sender sender;
  private final List<Lane> lanes;
  private final SendContext context;
  private final long maxCachedNanos;
  private final Consumer<ViewerTrack> dead;
  private final long[] cursors;
  private final AtomicBoolean poked = new AtomicBoolean();
  private final PacketHistory.Unit unit = new PacketHistory.Unit();
  private final Repeater repeater = new Repeater();
  private final Object changes = new Object();
  private volatile ViewerTrack[] pictures = NONE;
  private volatile ViewerTrack[] sounds = NONE;
  private volatile long failures;
  private Departed departed = Departed.NOBODY;
  private boolean closed;

  Shard(
      Sender sender,
      List<Lane> lanes,
      SendContext context,
      long maxCachedNanos,
      Consumer<ViewerTrack> dead) {
    this.sender = sender;
    this.lanes = List.copyOf(lanes);
    this.context = context;
    this.maxCachedNanos = maxCachedNanos;
    this.dead = dead;
    this.cursors = new long[lanes.size()];
  }

  /** There is a new unit. */
  void wake(MediaKind kind) {
    if (tracks(kind).length > 0) {
      sender.wake();
    }
  }

  /** A track has something to be looked at. */
  void poke() {
    poked.set(true);
    sender.wake();
  }

  private ViewerTrack[] tracks(MediaKind kind) {
    return kind == MediaKind.VIDEO ? pictures : sounds;
  }

  /** Viewers, by the larger of their kinds. */
  int viewers() {
    return Math.max(pictures.length, sounds.length);
  }

  /**
   * Sends what there is to send.
   *
   * @return after how many nanoseconds it wants to run again, though nobody wakes it
   */
  synchronized long pass(PacketScratch scratch) {
    if (closed) {
      return Sender.NEVER;
    }
    boolean look = poked.getAndSet(false);
    for (int i = 0; i < cursors.length; i++) {
      drain(lanes.get(i), scratch);
    }
    boolean unfinished = serve(look, scratch);
    return unfinished ? BURST_PAUSE_NANOS : Sender.NEVER;
  }

  private void drain(Lane lane, PacketScratch scratch) {
    PacketHistory history = lane.history();
    if (history == null) {
      return;
    }
    int index = lane.index();
    while (true) {
      long head = history.units();
      long cursor = cursors[index];
      if (cursor >= head) {
        return;
      }
      ViewerTrack[] now = tracks(lane.kind());
      if (now.length == 0) {
        cursors[index] = head;
      } else if (head - cursor > MAX_BEHIND) {
        passOver(lane, history, head, now);
      } else {
        cursors[index] = cursor + 1;
        if (history.unit(cursor, unit) && scratch.load(history, unit.firstPacket(), unit.count())) {
          send(lane, now, scratch);
        } else {
          lost(lane, now, 1);
        }
      }
    }
  }

  /** Goes on with the newest keyframe among what was missed, or with what comes next. */
  private void passOver(Lane lane, PacketHistory history, long head, ViewerTrack[] now) {
    int index = lane.index();
    long cursor = cursors[index];
    long keyframe = history.lastKeyframe();
    boolean within = keyframe > cursor && keyframe < head && head - keyframe <= MAX_BEHIND;
    long next = within ? keyframe : head - 1;
    lost(lane, now, next - cursor);
    cursors[index] = next;
  }

  private void lost(Lane lane, ViewerTrack[] now, long count) {
    boolean waiting = false;
    for (ViewerTrack track : now) {
      if (track.lane() == lane && track.mode() == ViewerTrack.Mode.FLOWING) {
        track.skip(count);
        if (lane.kind() == MediaKind.VIDEO) {
          track.await();
          waiting = true;
        }
      }
    }
    if (waiting) {
      lane.keyframes().want();
    }
  }

  private void send(Lane lane, ViewerTrack[] now, PacketScratch scratch) {
    boolean waiting = false;
    for (ViewerTrack track : now) {
      if (!track.isOpen()) {
        continue;
      }
      if (takes(track, lane)) {
        deliver(track, lane, scratch);
      }
      waiting |= isAwaiting(track, lane);
    }
    if (waiting) {
      lane.keyframes().want();
    }
  }

  /** Whether the track is sent the unit; a keyframe may change what it is sent from now on. */
  private boolean takes(ViewerTrack track, Lane lane) {
    Lane target = track.target();
    boolean keyframe = unit.isKeyframe();
    if (track.mode() == ViewerTrack.Mode.ARRIVING) {
      return false;
    }
    if (track.lane() != lane) {
      if (target == lane && keyframe) {
        track.change(lane);
        return true;
      }
      return false;
    }
    return switch (track.mode()) {
      case FLOWING -> true;
      case WAITING -> {
        if (keyframe) {
          track.flow();
        }
        yield keyframe;
      }
      case CATCHING_UP, ARRIVING -> false;
    };
  }

  private static boolean isAwaiting(ViewerTrack track, Lane lane) {
    return track.isOpen()
        && lane.kind() == MediaKind.VIDEO
        && track.target() == lane
        && (track.lane() != lane || track.mode() == ViewerTrack.Mode.WAITING);
  }

  private void deliver(ViewerTrack track, Lane lane, PacketScratch scratch) {
    if (!track.send(scratch, lane, unit, context)) {
      remove(track);
      dead.accept(track);
    }
  }

  /** Looks after tracks one by one; true when one of them has not caught up. */
  private boolean serve(boolean look, PacketScratch scratch) {
    boolean unfinished = false;
    for (ViewerTrack track : pictures) {
      if (look) {
        admit(track);
        repeater.repeat(track, scratch);
      }
      if (track.mode() == ViewerTrack.Mode.CATCHING_UP) {
        unfinished |= catchUp(track, scratch);
      }
    }
    if (look) {
      for (ViewerTrack track : sounds) {
        admit(track);
        repeater.repeat(track, scratch);
      }
    }
    return unfinished;
  }

  private void admit(ViewerTrack track) {
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
        history.unit(keyframe, unit)
            && context.clock().nanos() - unit.writtenNanos() <= maxCachedNanos;
    return young ? keyframe : PacketHistory.NONE;
  }

  /** Sends the next units of what came before; true when there is more. */
  private boolean catchUp(ViewerTrack track, PacketScratch scratch) {
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
      deliver(track, lane, scratch);
    }
    track.flow();
    return false;
  }

  /** Answers what viewers miss; made once, so that nothing is allocated for a request. */
  private final class Repeater implements NackInbox.Reader {
    private @Nullable ViewerTrack track;
    private @Nullable PacketScratch scratch;

    void repeat(ViewerTrack misses, PacketScratch with) {
      if (!misses.nacks().isEmpty()) {
        track = misses;
        scratch = with;
        misses.nacks().drain(this);
      }
    }

    @Override
    public void missing(int sequence, int following) {
      ViewerTrack misses = track;
      PacketScratch with = scratch;
      if (misses == null || with == null) {
        return;
      }
      misses.repeat(sequence, with, context);
      for (int i = 0; i < Short.SIZE; i++) {
        if ((following >> i & 1) != 0) {
          misses.repeat((sequence + 1 + i) & 0xffff, with, context);
        }
      }
    }
  }

  /** A pass failed: what was not sent is passed over. */
  synchronized void fail() {
    failures = failures + 1;
    for (Lane lane : lanes) {
      PacketHistory history = lane.history();
      if (!closed && history != null && cursors[lane.index()] < history.units()) {
        lost(lane, tracks(lane.kind()), history.units() - cursors[lane.index()]);
        cursors[lane.index()] = history.units();
      }
    }
  }

  long failures() {
    return failures;
  }

  void add(ViewerTrack track) {
    synchronized (changes) {
      ViewerTrack[] before = tracks(track.kind());
      ViewerTrack[] more = Arrays.copyOf(before, before.length + 1);
      more[before.length] = track;
      replace(track.kind(), more);
    }
    poke();
  }

  void remove(ViewerTrack track) {
    synchronized (changes) {
      ViewerTrack[] before = tracks(track.kind());
      ViewerTrack[] fewer =
          Arrays.stream(before).filter(t -> t != track).toArray(ViewerTrack[]::new);
      if (fewer.length < before.length) {
        replace(track.kind(), fewer);
        departed = departed.plus(track);
      }
    }
  }

  private void replace(MediaKind kind, ViewerTrack[] tracks) {
    switch (kind) {
      case VIDEO -> pictures = tracks;
      case AUDIO -> sounds = tracks;
    }
  }

  /** Those who have gone and those who are here. */
  Departed sum() {
    synchronized (changes) {
      Departed sum = departed;
      for (ViewerTrack track : pictures) {
        sum = sum.plus(track);
      }
      for (ViewerTrack track : sounds) {
        sum = sum.plus(track);
      }
      return sum;
    }
  }

  /** When this returns, nothing of the stream is read or sent any more. */
  @Override
  public void close() {
    sender.remove(this);
    synchronized (this) {
      if (!closed) {
        closed = true;
        context.close();
      }
    }
  }
}
