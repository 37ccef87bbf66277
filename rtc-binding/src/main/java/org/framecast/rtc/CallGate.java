package org.framecast.rtc;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets calls into the library through until it is closed, and knows when the last one has returned:
 * the library's functions are unbound after that, and not before.
 *
 * <p><b>Thread</b>: any; entering costs one atomic addition and allocates nothing.
 */
final class CallGate {
  private static final long POLL_NANOS = 100_000;

  private final AtomicInteger inside = new AtomicInteger();
  private volatile boolean closed;

  /** Whether the call may go on; if so, {@link #exit} must follow. */
  boolean enter() {
    inside.incrementAndGet();
    if (closed) {
      inside.decrementAndGet();
      return false;
    }
    return true;
  }

  void exit() {
    inside.decrementAndGet();
  }

  /** Shuts the gate and waits until nobody is inside; false when the deadline came first. */
  boolean close(Duration deadline) {
    closed = true;
    long startNanos = System.nanoTime();
    while (inside.get() > 0) {
      if (System.nanoTime() - startNanos > deadline.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }
}
