package org.framecast.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * Hands a target one input after the other and holds it to the rules: it throws nothing, it works
 * for less than 100 ms, and it logs nothing above DEBUG.
 *
 * <p>A machine that is busy makes others wait for nothing that they did. So the clock on the wall
 * only raises the question, and the time that the thread itself has worked answers it.
 *
 * <p><b>Thread:</b> one.
 */
final class FuzzProbe {
  static final long LIMIT_NANOS = 100_000_000L;
  private static final int ATTEMPTS = 3;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final FuzzTarget target;
  private final LongSupplier wall;
  private final LongSupplier work;
  private final LoudLog log = LoudLog.listen();
  private long inputs;
  private long good;
  private long slowestNanos;

  FuzzProbe(FuzzTarget target) {
    this(target, System::nanoTime, THREADS::getCurrentThreadCpuTime);
  }

  /**
   * @param wall the clock on the wall, in ns
   * @param work how long the thread has worked, in ns
   */
  FuzzProbe(FuzzTarget target, LongSupplier wall, LongSupplier work) {
    this.target = target;
    this.wall = wall;
    this.work = work;
  }

  /**
   * Hands it an input.
   *
   * @throws AssertionError when it breaks a rule
   */
  void feed(byte[] input) {
    inputs++;
    long taken = Long.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS && taken > LIMIT_NANOS; attempt++) {
      long start = wall.getAsLong();
      long startWork = work.getAsLong();
      if (target.feed(input) && attempt == 0) {
        good++;
      }
      long worked = work.getAsLong() - startWork;
      taken = Math.min(taken, Math.min(worked, wall.getAsLong() - start));
    }
    if (taken > LIMIT_NANOS) {
      throw new AssertionError("took " + taken / 1_000_000 + " ms");
    }
    slowestNanos = Math.max(slowestNanos, taken);
    log.requireSilence();
  }

  long inputs() {
    return inputs;
  }

  /** Inputs that were taken for good ones. */
  long good() {
    return good;
  }

  /** Of all inputs, the longest that one was worked on. */
  long slowestNanos() {
    return slowestNanos;
  }

  @Override
  public String toString() {
    return "%d inputs, %d of them good, slowest %.2f ms"
        .formatted(inputs, good, slowestNanos / 1e6);
  }
}
