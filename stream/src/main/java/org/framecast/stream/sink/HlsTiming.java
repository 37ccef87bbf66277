package org.framecast.stream.sink;

/**
 * How long things are.
 *
 * @param segmentNanos from one segment's beginning to the next
 * @param partTargetNanos no part is longer; 0 for none
 * @param window how many segments a playlist names; 0 for all
 */
record HlsTiming(long segmentNanos, long partTargetNanos, int window) {
  private static final double NANOS = 1e9;

  boolean hasParts() {
    return partTargetNanos > 0;
  }

  /** No segment rounds to more seconds. */
  int targetSeconds() {
    return (int) Math.max(1, Math.ceil(segmentNanos / NANOS));
  }

  double partTargetSeconds() {
    return partTargetNanos / NANOS;
  }
}
