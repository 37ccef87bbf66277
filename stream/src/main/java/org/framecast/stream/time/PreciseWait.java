package org.framecast.stream.time;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waits for a moment of a clock more exactly than the machine wakes a thread: it parks until
 * shortly before, and spins the rest.
 *
 * <p><b>Thread:</b> any; a stop wakes all who wait.
 *
 * <p><b>Units:</b> {@link #SPIN_NANOS} is what a parked thread usually wakes too late by on Linux
 * (50 µs of timer slack, and the way back onto a core). At 60 beats a second it costs less than 1 %
 * of a core.
 */
final class PreciseWait {
  /** So long before the moment it stops parking. */
  static final long SPIN_NANOS = 120_000;

  private final MediaClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private volatile boolean stopped;

  PreciseWait(MediaClock clock) {
    this.clock = clock;
  }

  /**
   * Waits until the clock shows that time.
   *
   * @return false when it was stopped
   */
  boolean until(long nanos) throws InterruptedException {
    park(nanos);
    while (nanos - clock.nanos() > 0 && !stopped) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Thread.onSpinWait();
    }
    return !stopped;
  }

  private void park(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos - clock.nanos() - SPIN_NANOS;
      while (left > 0 && !stopped) {
        long unused = woken.awaitNanos(left);
        left = nanos - clock.nanos() - SPIN_NANOS;
      }
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    lock.lock();
    try {
      stopped = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isStopped() {
    return stopped;
  }
}
