package org.framecast.stream.source.clip;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.time.Deadline;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;

/**
 * Plays a clip in a loop, each unit when it is due, without decoding.
 *
 * <p><b>Thread:</b> one of its own, made by the factory, that calls the sink; start and stop from
 * one owner. Overload policy: units that are late follow each other at once; more than a second
 * late, the clip starts anew from its first keyframe.
 *
 * <p><b>Ownership:</b> the clip is lent until the player has stopped; units are lent to the sink.
 */
public final class ClipPlayer {
  private static final long MAX_LATE_NANOS = 1_000_000_000L;

  private final String name;
  private final Clip clip;
  private final AccessUnitSink sink;
  private final MediaClock clock;
  private @Nullable Thread thread;
  private boolean stopped;
  private boolean ended;

  /**
   * @param sink takes pictures and sound; the unit's codec says which
   */
  public ClipPlayer(String name, Clip clip, AccessUnitSink sink, MediaClock clock) {
    this.name = name;
    this.clip = clip;
    this.sink = sink;
    this.clock = clock;
  }

  /** Starts to play. Once only. */
  public synchronized void start(ThreadFactory threads) {
    if (thread != null) {
      throw new IllegalStateException(name + " was started before");
    }
    Thread player = threads.newThread(this::run);
    player.setName(name);
    thread = player;
    player.start();
  }

  private void run() {
    try {
      ClipLoop loop = clip.loop(clock.nanos());
      while (awaitDue(loop.nextPtsNanos())) {
        if (clock.nanos() - loop.nextPtsNanos() > MAX_LATE_NANOS) {
          loop = clip.loop(clock.nanos());
        }
        try (AccessUnit unit = loop.take()) {
          sink.deliver(unit);
        }
      }
    } catch (InterruptedException e) {
      // Whoever owns the thread wants it to end: as a stop.
    } finally {
      finish();
    }
  }

  /** Waits for the moment; false when the player is stopped. */
  private synchronized boolean awaitDue(long nanos) throws InterruptedException {
    for (long left = nanos - clock.nanos(); !stopped && left > 0; left = nanos - clock.nanos()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return !stopped;
  }

  private synchronized void finish() {
    ended = true;
    notifyAll();
  }

  /**
   * Ends the thread. Idempotent.
   *
   * @return whether it ended within the deadline
   */
  public synchronized boolean stop(Duration deadline) {
    stopped = true;
    notifyAll();
    Deadline end = Deadline.in(deadline);
    try {
      while (thread != null && !ended) {
        if (!end.await(this)) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
