package org.framecast.stream.source;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.AudioInfo;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.time.FrameTimer;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;

/**
 * A soft tone that swells and fades once a second, first left, then right, so that one hears that
 * sound flows and which side is which.
 *
 * <p><b>Units:</b> blocks of 20 ms; a block's PTS is the time of its beat. Blocks that were missed
 * follow at once, up to half a second; sound that is older is left out.
 */
public final class ToneSource implements StreamSource {
  private static final int BLOCKS_PER_SECOND = 50;
  private static final int BLOCK_SAMPLES = AudioFrame.SAMPLE_RATE_HZ / BLOCKS_PER_SECOND;
  private static final int MAX_CATCH_UP = BLOCKS_PER_SECOND / 2;
  private static final double LOUDNESS = 0.15;
  private static final double TURN = 2 * Math.PI;

  private final double toneHz;
  private final BufferPool pool;
  private final FrameTimer timer;
  private long due = -1;
  private long nextBlock;

  /**
   * Makes a source that waits to be asked.
   *
   * @param toneHz pitch
   * @param pool where its blocks come from
   */
  public ToneSource(double toneHz, BufferPool pool, MediaClock clock) {
    this.toneHz = toneHz;
    this.pool = pool;
    this.timer = new FrameTimer(clock, BLOCKS_PER_SECOND);
  }

  @Override
  public MediaInfo info() {
    return MediaInfo.ofAudio(AudioInfo.WORKING);
  }

  @Override
  public @Nullable AudioFrame next() throws InterruptedException {
    while (true) {
      if (nextBlock > due) {
        due = timer.await();
        if (due == FrameTimer.STOPPED) {
          return null;
        }
        nextBlock = Math.max(nextBlock, due - MAX_CATCH_UP);
      }
      AudioFrame block = block(nextBlock++);
      if (block != null) {
        return block;
      }
    }
  }

  private @Nullable AudioFrame block(long block) {
    int bytes = BLOCK_SAMPLES * AudioFrame.BYTES_PER_SAMPLE_PAIR;
    MediaBuffer buffer = pool.tryAcquire(bytes);
    if (buffer == null) {
      return null;
    }
    buffer.sizeBytes(bytes);
    fill(buffer.content(), block * BLOCK_SAMPLES);
    return new AudioFrame(buffer, timer.timeOf(block));
  }

  @Override
  public void close() {
    timer.stop();
  }

  private void fill(MemorySegment samples, long firstSample) {
    for (int i = 0; i < BLOCK_SAMPLES; i++) {
      double seconds = (double) (firstSample + i) / AudioFrame.SAMPLE_RATE_HZ;
      double value = LOUDNESS * Math.sin(TURN * toneHz * seconds);
      double swell = 0.5 - 0.5 * Math.cos(TURN * seconds);
      boolean left = (long) seconds % 2 == 0;
      samples.setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i, (float) (left ? value * swell : 0));
      samples.setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i + 1, (float) (left ? 0 : value * swell));
    }
  }
}
