package org.framecast.stream.pipeline;

import java.util.OptionalDouble;

/**
 * The frame rate of a source by its capture times, over about two seconds. It begins anew after a
 * pause, which says nothing of the rate before and after.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class FrameRateMeter {
  private static final int SIZE = 64;
  private static final int MIN_FRAMES = 12;
  private static final long MIN_SPAN_NANOS = 1_000_000_000;
  private static final long WINDOW_NANOS = 2_000_000_000;

  private final long[] times = new long[SIZE];
  private int oldest;
  private int count;

  void add(long captureNanos) {
    if (isAfterPause(captureNanos)) {
      count = 0;
    }
    if (count == SIZE) {
      removeOldest();
    }
    times[(oldest + count++) % SIZE] = captureNanos;
    while (count > MIN_FRAMES && captureNanos - times[oldest] > WINDOW_NANOS) {
      removeOldest();
    }
  }

  /** Empty until there are frames enough to say. */
  OptionalDouble perSecond() {
    if (count < MIN_FRAMES) {
      return OptionalDouble.empty();
    }
    long span = times[(oldest + count - 1) % SIZE] - times[oldest];
    return span < MIN_SPAN_NANOS && count < SIZE
        ? OptionalDouble.empty()
        : OptionalDouble.of((count - 1) * 1e9 / Math.max(1, span));
  }

  private boolean isAfterPause(long captureNanos) {
    if (count < 2) {
      return false;
    }
    long last = times[(oldest + count - 1) % SIZE];
    long usualNanos = (last - times[oldest]) / (count - 1);
    return captureNanos - last > Math.max(WINDOW_NANOS, 3 * usualNanos);
  }

  private void removeOldest() {
    oldest = (oldest + 1) % SIZE;
    count--;
  }
}
