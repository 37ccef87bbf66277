package org.framecast.stream.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Beats at a steady rate, as long as nobody stops it. The numbers of the beats stay true to the
 * time; beats that were missed are left out or follow at once, as its policy says.
 *
 * <p><b>Thread:</b> one waits, any stops.
 *
 * <p><b>Units:</b> the last tenth of a millisecond is spun, not slept. A beat is late by what the
 * machine needs beyond that to wake a thread: on an idle core most by less than 0.1 ms, one in a
 * hundred by a few tenths. Where the host of a virtual machine takes the core away, it is late by
 * as much as that took.
 */
public final class FrameTimer {
  /** The number of no beat: the timer was stopped. */
  public static final long STOPPED = -1;

  private final MediaClock clock;
  private final double periodNanos;
  private final MissedBeats missed;
  private final PreciseWait wait;
  private volatile long startNanos;
  private long next;
  private boolean started;

  /**
   * A timer that leaves missed beats out.
   *
   * @param perSecond beats in a second
   */
  public FrameTimer(MediaClock clock, double perSecond) {
    this(clock, perSecond, MissedBeats.SKIP);
  }

  /**
   * @param perSecond beats in a second
   * @param missed what becomes of beats that nobody waited for in time
   */
  public FrameTimer(MediaClock clock, double perSecond, MissedBeats missed) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException(perSecond + " beats a second");
    }
    this.clock = clock;
    this.periodNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.missed = missed;
    this.wait = new PreciseWait(clock);
  }

  /** The time of a beat; meaningful after the first, or after {@link #start}. */
  public long timeOf(long beat) {
    return startNanos + Math.round(beat * periodNanos);
  }

  /** The time from one beat to the next. */
  public Duration period() {
    return Duration.ofNanos(Math.round(periodNanos));
  }

  /**
   * Says when beat 0 is; else it is when somebody first waits.
   *
   * <p><b>Thread:</b> the one who waits, before the first beat.
   */
  public void start(long nanos) {
    if (started) {
      throw new IllegalStateException("it beats");
    }
    started = true;
    startNanos = nanos;
  }

  /**
   * The beat that {@link #await} gives when it is called now.
   *
   * <p><b>Thread:</b> the one who waits.
   */
  public long upcoming() {
    if (!started) {
      start(clock.nanos());
    }
    long passed = (long) Math.floor((clock.nanos() - startNanos) / periodNanos);
    next = Math.max(next, missed.first(passed));
    return next;
  }

  /**
   * Waits for the next beat; the first comes at once.
   *
   * @return its number, counted from 0, or {@link #STOPPED}
   */
  public long await() throws InterruptedException {
    long beat = upcoming();
    if (!wait.until(timeOf(beat))) {
      return STOPPED;
    }
    next = beat + 1;
    return beat;
  }

  /** Ends the waiting, now and later. Idempotent. */
  public void stop() {
    wait.stop();
  }
}
