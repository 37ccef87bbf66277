package org.framecast.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Base64;

/**
 * Feeds a target: none of the inputs may throw, take 100 ms, or leave memory behind.
 *
 * @param good inputs that were taken for good ones
 * @param slowestNanos of one input, the best of three attempts where the first was slow
 */
public record FuzzRun(int inputs, int good, long slowestNanos, long grownBytes) {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long LIMIT_NANOS = 100_000_000L;
  private static final long MAX_GROWTH_BYTES = 24L << 20;

  /**
   * @throws AssertionError for the first input that breaks a rule; it is in the message
   */
  public static FuzzRun of(FuzzTarget target, int inputs, long seed) {
    Mutator mutator = new Mutator(seed, target.seeds(), target.words());
    for (byte[] sound : target.seeds()) {
      // The first one loads and compiles.
      target.feed(sound);
    }
    long before = usedBytes();
    int good = 0;
    long slowest = 0;
    for (int i = 0; i < inputs; i++) {
      byte[] input = mutator.next();
      long best = Long.MAX_VALUE;
      long work = Long.MAX_VALUE;
      // A pause of the machine is not the parser's: what it has worked counts then.
      for (int attempt = 0; attempt < 3 && best > LIMIT_NANOS; attempt++) {
        long start = System.nanoTime();
        long startWork = THREADS.getCurrentThreadCpuTime();
        try {
          if (target.feed(input) && attempt == 0) {
            good++;
          }
        } catch (RuntimeException | Error e) {
          throw new AssertionError(named(seed, i, input), e);
        }
        work = Math.min(work, THREADS.getCurrentThreadCpuTime() - startWork);
        best = Math.min(best, System.nanoTime() - start);
      }
      if (Math.min(best, work) > LIMIT_NANOS) {
        throw new AssertionError(best / 1_000_000 + " ms: " + named(seed, i, input));
      }
      slowest = Math.max(slowest, best);
    }
    long grown = usedBytes() - before;
    if (grown > MAX_GROWTH_BYTES) {
      throw new AssertionError("the heap has grown by " + grown + " bytes");
    }
    return new FuzzRun(inputs, good, slowest, grown);
  }

  private static String named(long seed, int number, byte[] input) {
    return "input "
        + number
        + " of seed "
        + seed
        + ": "
        + Base64.getEncoder().encodeToString(input);
  }

  private static long usedBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Override
  public String toString() {
    return "%d inputs, %d of them good, slowest %.2f ms, heap %+d KiB"
        .formatted(inputs, good, slowestNanos / 1e6, grownBytes >> 10);
  }
}
