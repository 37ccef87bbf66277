package org.framecast.stream.layer.sound;

import java.lang.foreign.ValueLayout;
import java.util.function.DoubleUnaryOperator;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;

/** Blocks of 20 ms of sound that is computed from the time in seconds. */
final class Blocks {
  static final int SAMPLES = 960;
  static final long NANOS = 20_000_000;

  private final BufferPool pool;
  private long next;

  Blocks(BufferPool pool) {
    this.pool = pool;
  }

  AudioFrame next(DoubleUnaryOperator wave) {
    return next(wave, wave);
  }

  AudioFrame next(DoubleUnaryOperator left, DoubleUnaryOperator right) {
    int bytes = SAMPLES * AudioFrame.BYTES_PER_SAMPLE_PAIR;
    MediaBuffer pcm = pool.acquire(bytes).sizeBytes(bytes);
    for (int i = 0; i < SAMPLES; i++) {
      double seconds = (double) (next * SAMPLES + i) / AudioFrame.SAMPLE_RATE_HZ;
      pcm.content().setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i, (float) left.applyAsDouble(seconds));
      pcm.content()
          .setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i + 1, (float) right.applyAsDouble(seconds));
    }
    return new AudioFrame(pcm, next++ * NANOS);
  }

  static DoubleUnaryOperator sine(double hertz, double loudness) {
    return seconds -> loudness * Math.sin(2 * Math.PI * hertz * seconds);
  }

  static float sample(AudioFrame block, int index) {
    return block.content().getAtIndex(ValueLayout.JAVA_FLOAT, index);
  }
}
