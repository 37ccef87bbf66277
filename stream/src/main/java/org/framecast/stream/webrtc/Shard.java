package org.framecast.stream.webrtc;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.webrtc.rtp.PacketHistory;
import org.framecast.stream.webrtc.rtp.PacketScratch;

/**
 * The viewers of one stream that one sender serves.
 *
 * <p>Each unit is copied out of the history once and sent to one viewer after the other. What the
 * sender missed because it was behind is passed over up to the next keyframe.
 *
 * <p><b>Thread:</b> {@link #pass} the sender's; who comes and goes replaces arrays that it reads.
 * Its lock is held by a pass and by close alone.
 */
final class Shard implements AutoCloseable {
  /** Units that a sender may be behind before it passes over them: half a second of pictures. */
  private static final int MAX_BEHIND = 16;

  /** Between the bursts of those who catch up. */
  private static final long BURST_PAUSE_NANOS = 4_000_000L;

  private static final ViewerTrack[] NONE = {};

  private final Sender sender;
  private final List<Lane> lanes;
  private final SendContext context;
  private final ShardListener listener;
  private final long[] cursors;
  private final AtomicBoolean poked = new AtomicBoolean();
  private final PacketHistory.Unit unit = new PacketHistory.Unit();
  private final Repeater repeater;
  private final CatchUp catchUp;
  private final Object changes = new Object();
  private volatile ViewerTrack[] pictures = NONE;
  private volatile ViewerTrack[] sounds = NONE;
  private volatile long failures;
  private SendTotals departed = SendTotals.NOTHING;
  private boolean abandoned;
  private boolean closed;

  Shard(
      Sender sender,
      List<Lane> lanes,
      SendContext context,
      long maxCachedNanos,
      ShardListener listener) {
    this.sender = sender;
    this.lanes = List.copyOf(lanes);
    this.context = context;
    this.listener = listener;
    cursors = new long[lanes.size()];
    repeater = new Repeater(context);
    catchUp = new CatchUp(context.clock(), maxCachedNanos, cursors, this::deliver);
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
    if (closed || abandoned) {
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
        deliver(track, lane, unit, scratch);
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

  private void deliver(
      ViewerTrack track, Lane lane, PacketHistory.Unit sent, PacketScratch scratch) {
    if (!track.send(scratch, lane, sent, context)) {
      remove(track);
      listener.died(track);
    }
  }

  /** Looks after tracks one by one; true when one of them has not caught up. */
  private boolean serve(boolean look, PacketScratch scratch) {
    boolean unfinished = false;
    for (ViewerTrack track : pictures) {
      if (look) {
        catchUp.admit(track);
        repeater.repeat(track, scratch);
      }
      if (track.mode() == ViewerTrack.Mode.CATCHING_UP) {
        unfinished |= catchUp.proceed(track, scratch);
      }
    }
    if (look) {
      for (ViewerTrack track : sounds) {
        catchUp.admit(track);
        repeater.repeat(track, scratch);
      }
    }
    return unfinished;
  }

  /** A pass failed: what was not sent is passed over. */
  synchronized void fail() {
    failures = failures + 1;
    for (Lane lane : lanes) {
      PacketHistory history = lane.history();
      long cursor = cursors[lane.index()];
      if (!closed && history != null && cursor < history.units()) {
        cursors[lane.index()] = history.units();
        lost(lane, tracks(lane.kind()), cursors[lane.index()] - cursor);
      }
    }
  }

  /** A pass failed so that there can be no other. */
  void abandon() {
    synchronized (this) {
      abandoned = true;
      failures = failures + 1;
    }
    // Outside the lock: viewers may be closed by this call.
    listener.abandoned();
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

  /** Of those who have gone and those who are here. */
  SendTotals totals() {
    synchronized (changes) {
      SendTotals sum = departed;
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
