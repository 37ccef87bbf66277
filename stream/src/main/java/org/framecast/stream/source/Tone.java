package org.framecast.stream.source;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaBuffer;

/**
 * A soft tone that swells and fades once a second, first left, then right.
 *
 * <p><b>Units:</b> blocks of 20 ms, counted from 0.
 */
record Tone(double hertz) {
  static final int BLOCKS_PER_SECOND = 50;
  static final int BLOCK_SAMPLES = AudioFrame.SAMPLE_RATE_HZ / BLOCKS_PER_SECOND;
  static final int BLOCK_BYTES = BLOCK_SAMPLES * AudioFrame.BYTES_PER_SAMPLE_PAIR;

  private static final double LOUDNESS = 0.15;
  private static final double TURN = 2 * Math.PI;

  /** Fills a buffer of at least {@link #BLOCK_BYTES} and says its size. */
  void fill(MediaBuffer buffer, long block) {
    MemorySegment samples = buffer.sizeBytes(BLOCK_BYTES).content();
    long first = block * BLOCK_SAMPLES;
    for (int i = 0; i < BLOCK_SAMPLES; i++) {
      double seconds = (double) (first + i) / AudioFrame.SAMPLE_RATE_HZ;
      double value = LOUDNESS * Math.sin(TURN * hertz * seconds);
      double swell = 0.5 - 0.5 * Math.cos(TURN * seconds);
      boolean left = (long) seconds % 2 == 0;
      samples.setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i, (float) (left ? value * swell : 0));
      samples.setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i + 1, (float) (left ? 0 : value * swell));
    }
  }
}
