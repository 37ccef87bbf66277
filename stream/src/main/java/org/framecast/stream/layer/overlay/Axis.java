package org.framecast.stream.layer.overlay;

/**
 * How the pixels of one side become fewer or more: each new one is the mean of what it covers; when
 * there are more, it lies between its two neighbours.
 *
 * @param first the first old pixel of each new one
 * @param weights {@code taps} for each new one, together {@link #ONE}
 */
@SuppressWarnings("ArrayRecordComponent") // private to this package and never changed
record Axis(int size, int taps, int[] first, int[] weights) {
  static final int ONE_BITS = 8;
  static final int ONE = 1 << ONE_BITS;

  /** Longest side of a scaled picture: what is larger is cut off anyway. */
  private static final int MAX_SIZE = 1 << 20;

  /** How long a side of {@code size} pixels is after scaling; at least 1. */
  static int scaled(int size, double scale) {
    return (int) Math.clamp(Math.round(size * scale), 1, MAX_SIZE);
  }

  /** The means for {@code size} pixels that become {@code target}. */
  static Axis of(int size, int target) {
    double step = (double) size / target;
    double width = Math.max(1, step);
    int taps = (int) Math.min(size, Math.ceil(width) + 1);
    int[] first = new int[target];
    int[] weights = new int[target * taps];
    for (int i = 0; i < target; i++) {
      double left = (i + 0.5) * step - width / 2;
      first[i] = Math.clamp((int) Math.floor(left), 0, size - taps);
      fill(weights, i * taps, first[i], left, width, taps, size);
    }
    return new Axis(target, taps, first, weights);
  }

  /** Pixels beyond the ends count as the last ones. */
  private static void fill(
      int[] weights, int at, int first, double left, double width, int taps, int size) {
    double done = 0;
    int sum = 0;
    for (int tap = 0; tap < taps; tap++) {
      int pixel = first + tap;
      double from = tap == 0 || pixel == 0 ? Double.NEGATIVE_INFINITY : pixel;
      double to = pixel == size - 1 ? Double.POSITIVE_INFINITY : pixel + 1;
      done += Math.max(0, Math.min(to, left + width) - Math.max(from, left)) / width;
      int until = (int) Math.round(Math.min(1, done) * ONE);
      weights[at + tap] = until - sum;
      sum = until;
    }
    weights[at + taps - 1] += ONE - sum;
  }
}
