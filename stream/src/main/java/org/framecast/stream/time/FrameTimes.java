package org.framecast.stream.time;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * What rows of frame times say: their rate, and which of two rows belong together.
 *
 * <p><b>Thread:</b> any; no state.
 *
 * <p><b>Units:</b> times are nanoseconds of one clock and ascend.
 */
public final class FrameTimes {
  /** The index of no frame. */
  public static final int NONE = -1;

  /** An interval longer than so many usual ones is a gap, and says nothing of the rate. */
  private static final double GAP = 1.5;

  private FrameTimes() {}

  /**
   * Frames a second: from the mean of the intervals that are no gaps, so that neither rounded times
   * nor lost frames falsify it.
   *
   * @return empty for fewer than two times, or when all are the same
   */
  public static OptionalDouble estimateFps(long[] nanos) {
    if (nanos.length < 2) {
      return OptionalDouble.empty();
    }
    long[] intervals = new long[nanos.length - 1];
    for (int i = 0; i < intervals.length; i++) {
      intervals[i] = nanos[i + 1] - nanos[i];
    }
    Arrays.sort(intervals);
    double limit = intervals[intervals.length / 2] * GAP;
    double mean =
        Arrays.stream(intervals).filter(interval -> interval <= limit).average().orElse(0);
    return mean > 0
        ? OptionalDouble.of(TimeUnit.SECONDS.toNanos(1) / mean)
        : OptionalDouble.empty();
  }

  /**
   * For each reference time the index of the nearest other time, the earlier of two as near.
   *
   * @return {@link #NONE} where none is as near as {@code maxOffsetNanos}
   */
  public static int[] alignTimestamps(long[] reference, long[] others, long maxOffsetNanos) {
    int[] indexes = new int[reference.length];
    int at = 0;
    for (int i = 0; i < reference.length; i++) {
      while (at + 1 < others.length
          && Math.abs(others[at + 1] - reference[i]) < Math.abs(others[at] - reference[i])) {
        at++;
      }
      boolean near = at < others.length && Math.abs(others[at] - reference[i]) <= maxOffsetNanos;
      indexes[i] = near ? at : NONE;
    }
    return indexes;
  }
}
