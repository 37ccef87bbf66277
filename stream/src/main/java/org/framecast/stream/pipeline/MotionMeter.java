package org.framecast.stream.pipeline;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalDouble;
import org.framecast.stream.media.VideoFrame;

/**
 * How much a picture differs from the one before: the mean absolute difference of their luma on a
 * grid of 64 by 36 means, averaged over about two seconds.
 *
 * <p>It is the temporal information of ITU-T P.910 §7.8 with the mean of the differences in place
 * of their deviation, which needs one pass, and on a grid, which noise of single pixels does not
 * raise.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Units:</b> levels of 8-bit luma from a frame to the next at 30 frames a second; at other
 * rates the difference grows with the time between two frames.
 */
final class MotionMeter {
  private static final int COLUMNS = 64;
  private static final int ROWS = 36;
  private static final int RUN = Long.BYTES;
  private static final ValueLayout.OfLong PIXELS = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final double REFERENCE_NANOS = 1e9 / 30;
  private static final double LONGEST_NANOS = 1e9;
  private static final double AVERAGED_NANOS = 2e9;
  private static final double SETTLED_NANOS = 1.5e9;

  private int[] before = new int[COLUMNS * ROWS];
  private int[] now = new int[COLUMNS * ROWS];
  private int width;
  private int height;
  private long lastNanos;
  private double average;
  private double seenNanos;

  /** Looks at the next picture, which is lent. Pictures narrower than eight pixels tell nothing. */
  void add(VideoFrame frame, long captureNanos) {
    if (frame.width() < RUN) {
      return;
    }
    int[] current = now;
    sample(frame, current);
    boolean comparable = frame.width() == width && frame.height() == height;
    double gapNanos = captureNanos - lastNanos;
    if (comparable && gapNanos > 0 && gapNanos < LONGEST_NANOS) {
      average(difference(current, before) * REFERENCE_NANOS / gapNanos, gapNanos);
    }
    width = frame.width();
    height = frame.height();
    lastNanos = captureNanos;
    now = before;
    before = current;
  }

  private void average(double motion, double gapNanos) {
    seenNanos = Math.min(AVERAGED_NANOS, seenNanos + gapNanos);
    average += (motion - average) * Math.min(1, gapNanos / seenNanos);
  }

  /** Empty until enough was seen. */
  OptionalDouble motion() {
    return seenNanos < SETTLED_NANOS ? OptionalDouble.empty() : OptionalDouble.of(average);
  }

  private static void sample(VideoFrame frame, int[] sums) {
    MemorySegment luma = frame.plane(0);
    long stride = frame.stride(0);
    for (int row = 0; row < ROWS; row++) {
      long line = (2L * row + 1) * frame.height() / (2 * ROWS) * stride;
      for (int column = 0; column < COLUMNS; column++) {
        long x = Math.min((long) column * frame.width() / COLUMNS, frame.width() - RUN);
        sums[row * COLUMNS + column] = sum(luma.get(PIXELS, line + x));
      }
    }
  }

  /** The sum of eight bytes: pairs first, in 16 bits each, then all by one multiplication. */
  private static int sum(long bytes) {
    long pairs = (bytes & 0x00FF00FF00FF00FFL) + (bytes >>> 8 & 0x00FF00FF00FF00FFL);
    return (int) (pairs * 0x0001000100010001L >>> 48);
  }

  private static double difference(int[] a, int[] b) {
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return (double) sum / a.length / RUN;
  }
}
