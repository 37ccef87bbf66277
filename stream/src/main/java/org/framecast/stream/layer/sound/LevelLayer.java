package org.framecast.stream.layer.sound;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.framecast.stream.flow.AudioLayer;
import org.framecast.stream.media.AudioFrame;
import org.jspecify.annotations.Nullable;

/**
 * Measures how loud sound is, window after window, and changes nothing.
 *
 * <p><b>Thread:</b> as every audio layer; {@link #level()} from any.
 */
public final class LevelLayer implements AudioLayer {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int MILLIS_PER_SECOND = 1_000;

  private final LevelListener listener;
  private final int windowSamples;
  private final double[] squares = new double[AudioFrame.CHANNELS];
  private final float[] peaks = new float[AudioFrame.CHANNELS];
  private int samples;
  private volatile @Nullable AudioLevel last;

  public LevelLayer(LevelOptions options, LevelListener listener) {
    this.listener = listener;
    this.windowSamples = AudioFrame.SAMPLE_RATE_HZ / MILLIS_PER_SECOND * options.window();
  }

  @Override
  public String name() {
    return LevelLayerProvider.NAME;
  }

  @Override
  public void process(AudioFrame block) {
    MemorySegment pcm = block.content();
    for (int i = 0; i < block.samples(); i++) {
      for (int side = 0; side < AudioFrame.CHANNELS; side++) {
        float value = Samples.at(pcm, (long) i * AudioFrame.CHANNELS + side);
        squares[side] += value * value;
        peaks[side] = Math.max(peaks[side], Math.abs(value));
      }
      samples++;
      if (samples == windowSamples) {
        publish(block.ptsNanos() + (i + 1) * NANOS_PER_SECOND / AudioFrame.SAMPLE_RATE_HZ);
      }
    }
  }

  private void publish(long endNanos) {
    AudioLevel level =
        new AudioLevel(
            Math.sqrt(squares[0] / samples),
            Math.sqrt(squares[1] / samples),
            peaks[0],
            peaks[1],
            endNanos);
    for (int side = 0; side < AudioFrame.CHANNELS; side++) {
      squares[side] = 0;
      peaks[side] = 0;
    }
    samples = 0;
    last = level;
    listener.level(level);
  }

  /** The last whole window; empty before the first. */
  public Optional<AudioLevel> level() {
    return Optional.ofNullable(last);
  }
}
