package org.framecast.stream.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Beats at a steady rate, as long as nobody stops it. A beat that was missed is left out: the
 * numbers of the beats stay true to the time.
 *
 * <p><b>Thread:</b> one waits, any stops.
 */
public final class FrameTimer {
  /** The number of no beat: the timer was stopped. */
  public static final long STOPPED = -1;

  private final MediaClock clock;
  private final double periodNanos;
  private long startNanos;
  private long next;
  private boolean started;
  private boolean stopped;

  /**
   * @param perSecond beats in a second
   */
  public FrameTimer(MediaClock clock, double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException(perSecond + " beats a second");
    }
    this.clock = clock;
    this.periodNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /** The time of a beat; meaningful after the first. */
  public synchronized long timeOf(long beat) {
    return startNanos + Math.round(beat * periodNanos);
  }

  /** The time from one beat to the next. */
  public Duration period() {
    return Duration.ofNanos(Math.round(periodNanos));
  }

  /**
   * Waits for the next beat; the first comes at once.
   *
   * @return its number, counted from 0, or {@link #STOPPED}
   */
  public synchronized long await() throws InterruptedException {
    if (!started) {
      started = true;
      startNanos = clock.nanos();
    }
    long passed = (long) Math.floor((clock.nanos() - startNanos) / periodNanos);
    next = Math.max(next, passed);
    for (long left = left(); left > 0 && !stopped; left = left()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return stopped ? STOPPED : next++;
  }

  /** Ends the waiting, now and later. Idempotent. */
  public synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  private long left() {
    return timeOf(next) - clock.nanos();
  }
}
