package org.framecast.stream.source;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.time.MediaClock;

/**
 * A quiet tone in blocks of 20 ms.
 *
 * <p><b>Units and shapes:</b> 48 kHz stereo; the period of the tone divides a block, so one block
 * is like the next.
 */
public final class ToneSource extends PacedLoop {
  private static final int BLOCK_SAMPLES = AudioFrame.SAMPLE_RATE_HZ / 50;
  private static final long BLOCK_NANOS = 20_000_000L;
  private static final int BLOCK_BYTES = BLOCK_SAMPLES * AudioFrame.BYTES_PER_SAMPLE_PAIR;
  private static final int PERIODS = 8;
  private static final float AMPLITUDE = 0.08f;

  private final BufferPool pool;
  private final float[] block = new float[BLOCK_SAMPLES * AudioFrame.CHANNELS];

  /**
   * @param name of the thread
   * @param pool where the blocks come from; a block is left out while it is empty
   */
  public ToneSource(String name, MediaClock clock, BufferPool pool) {
    super(name, clock, BLOCK_NANOS);
    this.pool = pool;
    for (int i = 0; i < BLOCK_SAMPLES; i++) {
      float sample = AMPLITUDE * (float) Math.sin(2 * Math.PI * PERIODS * i / BLOCK_SAMPLES);
      block[2 * i] = sample;
      block[2 * i + 1] = sample;
    }
  }

  @Override
  void make(StreamInput input, long tick, long dueNanos) {
    MediaBuffer buffer = pool.tryAcquire(BLOCK_BYTES);
    if (buffer == null) {
      return;
    }
    MemorySegment.copy(block, 0, buffer.block(), ValueLayout.JAVA_FLOAT, 0, block.length);
    buffer.sizeBytes(BLOCK_BYTES);
    AudioFrame frame = new AudioFrame(buffer, dueNanos);
    if (!input.offerAudio(frame)) {
      frame.close();
    }
  }
}
