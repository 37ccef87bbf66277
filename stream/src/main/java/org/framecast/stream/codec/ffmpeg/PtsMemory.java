package org.framecast.stream.codec.ffmpeg;

import java.util.function.LongUnaryOperator;

/**
 * Gives a unit the exact PTS of its picture. libvpx counts time in ticks of 100 ns, so the encoder
 * is told microseconds, and what was cut off is remembered here.
 *
 * <p><b>Thread:</b> its encoder's.
 */
final class PtsMemory implements LongUnaryOperator {
  static final int TICKS_PER_SECOND = 1_000_000;
  static final long NANOS_PER_TICK = 1_000_000_000L / TICKS_PER_SECOND;

  /** More pictures than an encoder without delay can hold. */
  private static final int SIZE = 16;

  private final long[] ticks = new long[SIZE];
  private final long[] nanos = new long[SIZE];
  private int next;
  private long last = Long.MIN_VALUE;

  /** The picture's time for the encoder, larger than the one before. */
  long remember(long ptsNanos) {
    long tick = Math.max(last + 1, Math.floorDiv(ptsNanos, NANOS_PER_TICK));
    last = tick;
    ticks[next] = tick;
    nanos[next] = ptsNanos;
    next = (next + 1) % SIZE;
    return tick;
  }

  /** The PTS of the picture that was given this time. */
  @Override
  public long applyAsLong(long tick) {
    for (int i = 0; i < SIZE; i++) {
      if (ticks[i] == tick) {
        return nanos[i];
      }
    }
    return tick * NANOS_PER_TICK;
  }
}
