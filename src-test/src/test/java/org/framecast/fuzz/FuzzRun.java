package org.framecast.fuzz;

import java.lang.management.ManagementFactory;
import java.util.Base64;

/**
 * Feeds a target with mutants of its seeds: each as {@link FuzzProbe} asks, and none may leave
 * memory behind.
 *
 * @param good inputs that were taken for good ones
 * @param slowestNanos that one input was worked on
 */
public record FuzzRun(long inputs, long good, long slowestNanos, long grownBytes) {
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
    FuzzProbe probe = new FuzzProbe(target);
    long before = usedBytes();
    for (int i = 0; i < inputs; i++) {
      byte[] input = mutator.next();
      try {
        probe.feed(input);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(named(seed, i, input), e);
      }
    }
    long grown = usedBytes() - before;
    if (grown > MAX_GROWTH_BYTES) {
      throw new AssertionError("the heap has grown by " + grown + " bytes");
    }
    return new FuzzRun(inputs, probe.good(), probe.slowestNanos(), grown);
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
