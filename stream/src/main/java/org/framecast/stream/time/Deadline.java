package org.framecast.stream.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A moment on the machine's monotonic clock by which waiting ends. Waiting is always in real time,
 * whatever clock the frames have.
 */
public final class Deadline {
  private final long startNanos = System.nanoTime();
  private final long lengthNanos;

  private Deadline(long lengthNanos) {
    this.lengthNanos = lengthNanos;
  }

  /** So long from now. */
  public static Deadline in(Duration length) {
    return new Deadline(length.toNanos());
  }

  /** What is left; 0 when it has passed. */
  public long leftNanos() {
    return Math.max(0, lengthNanos - (System.nanoTime() - startNanos));
  }

  /** What is left; zero when it has passed. */
  public Duration left() {
    return Duration.ofNanos(leftNanos());
  }

  public boolean passed() {
    return leftNanos() == 0;
  }

  /**
   * Waits on {@code monitor}, which the caller holds, for a notification or the deadline.
   *
   * @return false without waiting when it has passed
   */
  public boolean await(Object monitor) throws InterruptedException {
    long left = leftNanos();
    if (left == 0) {
      return false;
    }
    TimeUnit.NANOSECONDS.timedWait(monitor, left);
    return true;
  }
}
