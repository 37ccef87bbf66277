package org.framecast.lifecycle;

import java.util.function.BooleanSupplier;
import org.framecast.stream.time.MediaClock;

/**
 * Repeats something until the compiler has made it fast, or somebody has a use for the cores.
 *
 * <p><b>Thread:</b> one runs it, any may stop it.
 */
final class WarmUpLoop {
  private static final int MAX_RUNS = 400;
  private static final int FAST_RUNS = 20;
  private static final long FAST_NANOS = 12_000_000L;
  private static final long LONGEST_NANOS = 20_000_000_000L;

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

  boolean isStopped() {
    return stopped;
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
