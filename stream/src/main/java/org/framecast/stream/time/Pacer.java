package org.framecast.stream.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Holds back what was made before until its time comes: the first goes out at once, and every other
 * as long after it as their times are apart.
 *
 * <p>Who asks late gets what was due at once, until it has caught up; a longer pause than the limit
 * is not caught up: time goes on from there.
 *
 * <p><b>Thread:</b> one waits, any stops.
 */
public final class Pacer {
  /** A longer pause is no delay that is caught up. */
  public static final Duration MAX_CATCH_UP = Duration.ofSeconds(1);

  private final MediaClock clock;
  private long originNanos;
  private boolean started;
  private boolean stopped;

  public Pacer(MediaClock clock) {
    this.clock = clock;
  }

  /**
   * Waits until that is due.
   *
   * @return false when it was stopped
   */
  public synchronized boolean awaitDue(long ptsNanos) throws InterruptedException {
    long now = clock.nanos();
    if (!started || now - originNanos - ptsNanos > MAX_CATCH_UP.toNanos()) {
      started = true;
      originNanos = now - ptsNanos;
    }
    for (long left = left(ptsNanos); left > 0 && !stopped; left = left(ptsNanos)) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return !stopped;
  }

  private long left(long ptsNanos) {
    return originNanos + ptsNanos - clock.nanos();
  }

  /**
   * Waits for that long, in real time.
   *
   * @return false when it was stopped
   */
  public synchronized boolean pause(Duration length) throws InterruptedException {
    Deadline end = Deadline.in(length);
    while (!stopped && end.await(this)) {
      // Until it has passed.
    }
    return !stopped;
  }

  /** Lets the next go out at once, and counts from there. */
  public synchronized void restart() {
    started = false;
  }

  /** Ends the waiting, now and later. Idempotent. */
  public synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** Whether it was stopped. */
  public synchronized boolean stopped() {
    return stopped;
  }
}
