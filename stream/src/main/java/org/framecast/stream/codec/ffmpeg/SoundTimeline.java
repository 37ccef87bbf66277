package org.framecast.stream.codec.ffmpeg;

import org.framecast.stream.media.AudioFrame;

/**
 * The times of a device's sound. Blocks arrive unevenly and sometimes in heaps, but sound flows
 * evenly: a block begins where the one before it ended.
 *
 * <p>Once a second of samples the count is compared with the clock, by the block of that second
 * that came earliest against it. A lag that not even that one made up for is sound that was lost,
 * and is jumped over; less is followed in small steps, as two clocks drift apart. Times never go
 * back.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class SoundTimeline {
  /** A lag of more is a loss. */
  static final long MAX_LAG_NANOS = 100_000_000;

  private static final long MAX_STEP_NANOS = 5_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private boolean any;
  private long startNanos;
  private long samples;
  private long leastLagNanos = Long.MAX_VALUE;
  private long judgedSamples;

  /**
   * The PTS of the next block.
   *
   * @param count its samples of each channel
   * @param arrivalNanos when its last sample was there
   */
  long place(int count, long arrivalNanos) {
    if (!any) {
      any = true;
      startNanos = arrivalNanos - nanos(count);
    }
    long lag = arrivalNanos - (startNanos + nanos(samples + count));
    leastLagNanos = Math.min(leastLagNanos, lag);
    judgedSamples += count;
    if (judgedSamples >= AudioFrame.SAMPLE_RATE_HZ) {
      long step = Math.min(MAX_STEP_NANOS, nanos(count) / 2);
      startNanos +=
          leastLagNanos > MAX_LAG_NANOS ? leastLagNanos : Math.clamp(leastLagNanos, -step, step);
      leastLagNanos = Long.MAX_VALUE;
      judgedSamples = 0;
    }
    long pts = startNanos + nanos(samples);
    samples += count;
    return pts;
  }

  private static long nanos(long count) {
    return count * NANOS_PER_SECOND / AudioFrame.SAMPLE_RATE_HZ;
  }
}
