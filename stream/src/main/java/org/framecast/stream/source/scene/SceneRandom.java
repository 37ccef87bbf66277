package org.framecast.stream.source.scene;

/**
 * The random numbers of scenes: SplitMix64, so that a seed gives the same scene on every Java.
 *
 * <p><b>Thread</b>: one thread at a time.
 *
 * <p><b>Source</b>: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014).
 */
final class SceneRandom {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  SceneRandom(long seed) {
    this.state = seed;
  }

  /** The generator of one scene of a series. */
  static SceneRandom of(long seed, long index) {
    return new SceneRandom(mix(mix(seed + GOLDEN) ^ (index * GOLDEN)));
  }

  long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /** A number in {@code [0, 1)}. */
  double unit() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  double between(double low, double high) {
    return low + (high - low) * unit();
  }

  /** A whole number from {@code low} to {@code high}, both included. */
  int whole(int low, int high) {
    return low + (int) (unit() * (high - low + 1));
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
