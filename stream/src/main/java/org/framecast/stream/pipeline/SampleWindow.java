package org.framecast.stream.pipeline;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The latest samples, each with its time. Recording takes no lock; a reader that meets a writer
 * sees the old or the new sample of that place.
 */
final class SampleWindow {
  private static final int SIZE = 1024;

  private final AtomicLongArray times = new AtomicLongArray(SIZE);
  private final AtomicLongArray values = new AtomicLongArray(SIZE);
  private final AtomicLong count = new AtomicLong();

  void add(long atNanos, long value) {
    int place = (int) (count.getAndIncrement() & (SIZE - 1));
    values.setRelease(place, value);
    times.setRelease(place, atNanos);
  }

  long count() {
    return count.get();
  }

  /** Quantiles of the samples that are not older than the window. */
  Percentiles percentiles(long nowNanos, long windowNanos) {
    long[] sorted = new long[SIZE];
    int n = 0;
    int filled = (int) Math.min(count.get(), SIZE);
    for (int i = 0; i < filled; i++) {
      if (nowNanos - times.getAcquire(i) <= windowNanos) {
        sorted[n++] = values.getAcquire(i);
      }
    }
    if (n == 0) {
      return Percentiles.NONE;
    }
    Arrays.sort(sorted, 0, n);
    return new Percentiles(sorted[(n - 1) / 2], sorted[(int) Math.ceil(n * 0.95) - 1], n);
  }

  /** Samples in a second, over the window or as much of it as there was time for. */
  double perSecond(long nowNanos, long windowNanos) {
    return sum(nowNanos, windowNanos, false) * 1e9 / span(nowNanos, windowNanos);
  }

  /** The sum of the values in a second. */
  double sumPerSecond(long nowNanos, long windowNanos) {
    return sum(nowNanos, windowNanos, true) * 1e9 / span(nowNanos, windowNanos);
  }

  private double sum(long nowNanos, long windowNanos, boolean ofValues) {
    double sum = 0;
    int filled = (int) Math.min(count.get(), SIZE);
    for (int i = 0; i < filled; i++) {
      if (nowNanos - times.getAcquire(i) <= windowNanos) {
        sum += ofValues ? values.getAcquire(i) : 1;
      }
    }
    return sum;
  }

  private double span(long nowNanos, long windowNanos) {
    int filled = (int) Math.min(count.get(), SIZE);
    long oldest = 0;
    for (int i = 0; i < filled; i++) {
      oldest = Math.max(oldest, nowNanos - times.getAcquire(i));
    }
    return Math.max(1e9, Math.min(oldest, windowNanos));
  }
}
