package org.framecast.stream.source;

import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.AudioInfo;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.time.FrameTimer;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.MissedBeats;
import org.jspecify.annotations.Nullable;

/**
 * A soft tone that swells and fades once a second, first left, then right, so that one hears that
 * sound flows and which side is which.
 *
 * <p><b>Units:</b> blocks of 20 ms; a block's PTS is the time of its beat. Blocks that were missed
 * follow at once, up to half a second; sound that is older is left out.
 */
public final class ToneSource implements StreamSource {
  static final int MAX_CATCH_UP = Tone.BLOCKS_PER_SECOND / 2;

  private final Tone tone;
  private final BufferPool pool;
  private final FrameTimer timer;

  /**
   * Makes a source that waits to be asked.
   *
   * @param toneHz pitch
   * @param pool where its blocks come from
   */
  public ToneSource(double toneHz, BufferPool pool, MediaClock clock) {
    this.tone = new Tone(toneHz);
    this.pool = pool;
    this.timer = new FrameTimer(clock, Tone.BLOCKS_PER_SECOND, MissedBeats.catchUp(MAX_CATCH_UP));
  }

  @Override
  public MediaInfo info() {
    return MediaInfo.ofAudio(AudioInfo.WORKING);
  }

  @Override
  public @Nullable AudioFrame next() throws InterruptedException {
    for (long beat = timer.await(); beat != FrameTimer.STOPPED; beat = timer.await()) {
      AudioFrame block = block(beat);
      if (block != null) {
        return block;
      }
    }
    return null;
  }

  private @Nullable AudioFrame block(long block) {
    MediaBuffer buffer = pool.tryAcquire(Tone.BLOCK_BYTES);
    if (buffer == null) {
      return null;
    }
    tone.fill(buffer, block);
    return new AudioFrame(buffer, timer.timeOf(block));
  }

  @Override
  public void close() {
    timer.stop();
  }
}
