package org.framecast.stream.time;

import java.util.concurrent.locks.LockSupport;

/**
 * Paces a loop: one tick an interval, counted from the first. A loop that comes late skips the
 * ticks that have passed, so that it never runs after the clock.
 *
 * <p><b>Thread:</b> the loop's own.
 */
public final class FrameTimer {
  private final MediaClock clock;
  private final long intervalNanos;
  private long startNanos;
  private long next;

  /**
   * @param intervalNanos from one tick to the next, more than 0
   */
  public FrameTimer(MediaClock clock, long intervalNanos) {
    if (intervalNanos <= 0) {
      throw new IllegalArgumentException("an interval of " + intervalNanos + " ns");
    }
    this.clock = clock;
    this.intervalNanos = intervalNanos;
  }

  /**
   * Waits for the next tick that has not passed.
   *
   * @return its number; the first is 0 and comes at once
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  public long await() throws InterruptedException {
    long now = clock.nanos();
    if (next == 0) {
      startNanos = now;
    }
    long tick = Math.max(next, (now - startNanos) / intervalNanos);
    long due = startNanos + tick * intervalNanos;
    while (now < due) {
      LockSupport.parkNanos(this, due - now);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      now = clock.nanos();
    }
    next = tick + 1;
    return tick;
  }

  /** When the tick is due, on the clock. */
  public long dueNanos(long tick) {
    return startNanos + tick * intervalNanos;
  }
}
