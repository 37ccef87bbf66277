package org.framecast.stream.source;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.time.FrameTimer;
import org.framecast.stream.time.MediaClock;

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
  private final BeatLoop loop;
  private long nextBlock;

  /**
   * Makes a source that does nothing until it is started.
   *
   * @param name of its thread
   * @param toneHz pitch
   * @param pool where its blocks come from
   */
  public ToneSource(String name, double toneHz, BufferPool pool, MediaClock clock) {
    this.toneHz = toneHz;
    this.pool = pool;
    this.timer = new FrameTimer(clock, BLOCKS_PER_SECOND);
    this.loop = new BeatLoop(name, timer);
  }

  @Override
  public void start(StreamInput input, ThreadFactory threads) {
    loop.start(threads, beat -> produceUpTo(beat, input));
  }

  @Override
  public boolean stop(Duration deadline) {
    return loop.stop(deadline);
  }

  private void produceUpTo(long beat, StreamInput input) {
    nextBlock = Math.max(nextBlock, beat - MAX_CATCH_UP);
    while (nextBlock <= beat) {
      produce(nextBlock++, input);
    }
  }

  private void produce(long block, StreamInput input) {
    int bytes = BLOCK_SAMPLES * AudioFrame.BYTES_PER_SAMPLE_PAIR;
    MediaBuffer buffer = pool.tryAcquire(bytes);
    if (buffer == null) {
      return;
    }
    buffer.sizeBytes(bytes);
    fill(buffer.content(), block * BLOCK_SAMPLES);
    AudioFrame frame = new AudioFrame(buffer, timer.timeOf(block));
    boolean taken = false;
    try {
      taken = input.offerAudio(frame);
    } finally {
      if (!taken) {
        frame.close();
      }
    }
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
