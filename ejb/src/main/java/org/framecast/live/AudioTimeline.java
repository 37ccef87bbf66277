package org.framecast.live;

import java.time.Duration;
import org.framecast.stream.media.AudioFrame;

/**
 * Gives arriving blocks of sound times that follow each other without a gap. Blocks come in bursts,
 * so their arrival alone would tear the sound; when it runs away from the blocks, the line starts
 * anew.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class AudioTimeline {
  private static final long MAX_DRIFT_NANOS = Duration.ofMillis(150).toNanos();
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private boolean started;
  private long startNanos;
  private long samples;

  /**
   * The time of the first sample of a block.
   *
   * @param arrivalNanos when its last byte arrived
   */
  long place(int blockSamples, long arrivalNanos) {
    long arrived = arrivalNanos - nanos(blockSamples);
    if (!started || Math.abs(startNanos + nanos(samples) - arrived) > MAX_DRIFT_NANOS) {
      started = true;
      startNanos = arrived;
      samples = 0;
    }
    long pts = startNanos + nanos(samples);
    samples += blockSamples;
    return pts;
  }

  private static long nanos(long count) {
    return count * NANOS_PER_SECOND / AudioFrame.SAMPLE_RATE_HZ;
  }
}
