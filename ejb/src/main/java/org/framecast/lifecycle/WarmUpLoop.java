package org.framecast.lifecycle;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.framecast.stream.time.MediaClock;

/**
 * When the server warms up: while nobody has a use for the cores.
 *
 * <p><b>Thread:</b> one runs it, any may stop it.
 */
final class WarmUpLoop {
  private static final int MAX_RUNS = 400;
  private static final int FAST_RUNS = 20;
  private static final long FAST_NANOS = 12_000_000L;
  private static final long LONGEST_NANOS = 20_000_000_000L;
  private static final long QUIET_NANOS = 3_000_000_000L;
  private static final long LATEST_NANOS = 15_000_000_000L;
  private static final long LOOK_NANOS = 100_000_000L;

  private final MediaClock clock;
  private final BooleanSupplier idle;
  private volatile boolean stopped;

  /**
   * @param idle whether no stream runs: one that does warms the server as well
   */
  WarmUpLoop(MediaClock clock, BooleanSupplier idle) {
    this.clock = clock;
    this.idle = idle;
  }

  void stop() {
    stopped = true;
  }

  /** Waits until no stream has run for some seconds, but not for long. */
  void awaitQuiet() {
    long start = clock.nanos();
    long quietSince = start;
    long now = start;
    while (!stopped && now - quietSince < QUIET_NANOS && now - start < LATEST_NANOS) {
      LockSupport.parkNanos(LOOK_NANOS);
      now = clock.nanos();
      if (!idle.getAsBoolean()) {
        quietSince = now;
      }
    }
  }

  /** Until it is fast, or a stream begins. */
  void repeat(Runnable run) {
    long start = clock.nanos();
    int fast = 0;
    for (int i = 0; i < MAX_RUNS && fast < FAST_RUNS && !stopped && idle.getAsBoolean(); i++) {
      long before = clock.nanos();
      if (before - start > LONGEST_NANOS) {
        return;
      }
      run.run();
      fast = clock.nanos() - before < FAST_NANOS ? fast + 1 : 0;
    }
  }
}
