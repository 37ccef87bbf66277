package org.framecast.stream.source;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.flow.SeekableSource;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.AudioInfo;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.media.VideoInfo;
import org.framecast.stream.source.pattern.PatternPainter;
import org.framecast.stream.time.FrameTimer;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.MissedBeats;
import org.framecast.stream.time.PtpClient;
import org.jspecify.annotations.Nullable;

/**
 * Test pictures and a tone. Each picture carries its number and its time, as digits and as {@link
 * org.framecast.stream.source.scene.PictureStamp}.
 *
 * <p><b>Units:</b> sound comes in blocks of 20 ms, in the order of time with the pictures. In real
 * time the times are the clock's; fast, they begin at 0, and the source can {@linkplain #seek go}
 * anywhere.
 */
public final class TestSource implements SeekableSource {
  private final String sourceId;
  private final TestOptions options;
  private final Parts parts;
  private final FrameShape shape;
  private final PatternPainter painter;
  private final Tone tone;
  private @Nullable Beats pictures;
  private @Nullable Beats blocks;
  private boolean closed;

  /**
   * What it is built on.
   *
   * @param frames where its pictures come from
   * @param buffers where its sound comes from
   * @param ptp whose times its pictures carry, once it is synchronised
   */
  public record Parts(FramePool frames, BufferPool buffers, MediaClock clock, PtpClient ptp) {}

  private static final double TONE_HZ = 440;

  /**
   * Makes a source that waits to be asked.
   *
   * @param sourceId what its frames say of where they come from
   */
  public TestSource(String sourceId, TestOptions options, Parts parts) {
    this.sourceId = sourceId;
    this.options = options;
    this.parts = parts;
    this.shape = FrameShape.i420(options.width(), options.height());
    this.painter = new PatternPainter(options.pattern(), options.rgb());
    this.tone = new Tone(TONE_HZ);
  }

  @Override
  public MediaInfo info() {
    return new MediaInfo(
        Optional.of(new VideoInfo(options.width(), options.height(), options.rate())),
        options.audio() ? Optional.of(AudioInfo.WORKING) : Optional.empty(),
        options.frames() == 0
            ? Optional.empty()
            : Optional.of(Duration.ofNanos(sinceBegin(options.frames()))),
        Map.of());
  }

  private long sinceBegin(long frame) {
    return Math.round(frame * (TimeUnit.SECONDS.toNanos(1) / options.rate()));
  }

  @Override
  public @Nullable MediaItem next() throws InterruptedException {
    if (!begin()) {
      return null;
    }
    while (true) {
      Beats frames = begun(pictures);
      Beats sound = begun(blocks);
      long picture = frames.upcoming();
      long pictureNanos = frames.timeOf(picture);
      long soundNanos = sound.timeOf(sound.upcoming());
      if (options.audio() && soundNanos < Math.min(pictureNanos, endNanos(frames))) {
        return block(sound);
      }
      if (isBehindTheEnd(picture)) {
        return null;
      }
      VideoFrame pixels =
          options.pace() == TestPace.LIVE
              ? parts.frames().tryAcquire(shape)
              : parts.frames().acquire(shape);
      long beat = await(frames, pixels);
      if (beat == FrameTimer.STOPPED) {
        return null;
      }
      if (pixels != null) {
        return picture(beat, pixels);
      }
    }
  }

  private long endNanos(Beats frames) {
    return options.frames() == 0 ? Long.MAX_VALUE : frames.timeOf(options.frames());
  }

  private boolean isBehindTheEnd(long picture) {
    return options.frames() > 0 && picture >= options.frames();
  }

  /** Waits for the picture's time; when it does not come, the pixels go back. */
  private long await(Beats frames, @Nullable VideoFrame pixels) throws InterruptedException {
    long beat = FrameTimer.STOPPED;
    try {
      beat = frames.await();
      return isBehindTheEnd(beat) ? FrameTimer.STOPPED : beat;
    } finally {
      if (pixels != null && (beat == FrameTimer.STOPPED || isBehindTheEnd(beat))) {
        pixels.close();
      }
    }
  }

  private TimestampedFrame picture(long beat, VideoFrame pixels) {
    boolean done = false;
    try {
      painter.paint(pixels, beat, Duration.ofNanos(sinceBegin(beat)));
      done = true;
      return parts
          .ptp()
          .stamp(new TimestampedFrame(pixels, sourceId, beat, begun(pictures).timeOf(beat)));
    } finally {
      if (!done) {
        pixels.close();
      }
    }
  }

  private @Nullable AudioFrame block(Beats sound) throws InterruptedException {
    MediaBuffer buffer = parts.buffers().acquire(Tone.BLOCK_BYTES);
    long beat = FrameTimer.STOPPED;
    try {
      beat = sound.await();
    } finally {
      if (beat == FrameTimer.STOPPED) {
        buffer.close();
      }
    }
    if (beat == FrameTimer.STOPPED) {
      return null;
    }
    tone.fill(buffer, beat);
    return new AudioFrame(buffer, sound.timeOf(beat));
  }

  /**
   * As {@link SeekableSource#seek}, where the pace is {@link TestPace#FAST}; what is live goes its
   * own way.
   */
  @Override
  public void seek(long ptsNanos) {
    if (options.pace() != TestPace.FAST) {
      throw new MediaException(
          MediaException.Code.UNSUPPORTED, "a test source in real time has no other place");
    }
    if (ptsNanos < 0 || options.frames() > 0 && ptsNanos > sinceBegin(options.frames())) {
      throw new MediaException(MediaException.Code.OPTIONS, ptsNanos + " ns is outside");
    }
    begin();
    if (begun(pictures) instanceof Beats.Counted frames
        && begun(blocks) instanceof Beats.Counted sound) {
      long frame = frames.at(ptsNanos);
      frames.goTo(options.frames() > 0 ? Math.min(frame, options.frames() - 1L) : frame);
      long nanos = frames.timeOf(frames.upcoming());
      long block = sound.at(nanos);
      sound.goTo(sound.timeOf(block) < nanos ? block + 1 : block);
    }
  }

  /** Pictures and sound begin at the same moment: when somebody first asks. */
  private synchronized boolean begin() {
    if (pictures == null) {
      boolean live = options.pace() == TestPace.LIVE;
      if (options.pace() == TestPace.FAST) {
        pictures = Beats.counted(options.rate());
        blocks = Beats.counted(Tone.BLOCKS_PER_SECOND);
      } else {
        long now = parts.clock().nanos();
        MissedBeats ofSound =
            live ? MissedBeats.catchUp(ToneSource.MAX_CATCH_UP) : MissedBeats.CATCH_UP;
        pictures =
            Beats.timed(
                parts.clock(), options.rate(), live ? MissedBeats.SKIP : MissedBeats.CATCH_UP, now);
        blocks = Beats.timed(parts.clock(), Tone.BLOCKS_PER_SECOND, ofSound, now);
      }
    }
    return !closed;
  }

  private static Beats begun(@Nullable Beats beats) {
    if (beats == null) {
      throw new IllegalStateException("not begun");
    }
    return beats;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (pictures != null) {
      pictures.stop();
    }
    if (blocks != null) {
      blocks.stop();
    }
  }
}
