package org.framecast.stream.codec.ffmpeg;

/**
 * Numbers units, and gives a picture the exact PTS of its unit.
 *
 * <p><b>Thread:</b> its decoder's.
 */
final class UnitTimes {
  /** More units than a decoder without delay can hold. */
  private static final int SIZE = 32;

  private final long[] nanos = new long[SIZE];
  private long next;

  /** The number of the next unit, which the decoder hands on as its time. */
  long count(long ptsNanos) {
    nanos[(int) (next % SIZE)] = ptsNanos;
    return next++;
  }

  /** The PTS of the unit with that number; of the last unit when the decoder made the number up. */
  long ptsNanos(long number) {
    boolean known = number >= 0 && number < next && number >= next - SIZE;
    return nanos[(int) ((known ? number : next - 1) % SIZE)];
  }
}
