package org.framecast.stream.source.clip;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.time.Deadline;
import org.framecast.stream.time.LoopThread;
import org.framecast.stream.time.MediaClock;

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

  private final Clip clip;
  private final AccessUnitSink sink;
  private final MediaClock clock;
  private final LoopThread thread;
  private boolean stopped;

  /**
   * @param sink takes pictures and sound; the unit's codec says which
   */
  public ClipPlayer(String name, Clip clip, AccessUnitSink sink, MediaClock clock) {
    thread = new LoopThread(name);
    this.clip = clip;
    this.sink = sink;
    this.clock = clock;
  }

  /** Starts to play. Once only. */
  public void start(ThreadFactory threads) {
    thread.start(threads, this::run);
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
    }
  }

  /** Waits for the moment; false when the player is stopped. */
  private synchronized boolean awaitDue(long nanos) throws InterruptedException {
    for (long left = nanos - clock.nanos(); !stopped && left > 0; left = nanos - clock.nanos()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return !stopped;
  }

  /**
   * Ends the thread. Idempotent.
   *
   * @return whether it ended within the deadline
   */
  public boolean stop(Duration deadline) {
    synchronized (this) {
      stopped = true;
      notifyAll();
    }
    return thread.awaitEnd(Deadline.in(deadline));
  }
}
