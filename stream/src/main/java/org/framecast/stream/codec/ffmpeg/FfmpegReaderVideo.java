package org.framecast.stream.codec.ffmpeg;

import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.MediaReaderSettings;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.media.VideoInfo;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a file, decoded one ahead of where they are asked for.
 *
 * <p>After a fault the decoder gives what it still holds and goes on at the next keyframe.
 *
 * <p><b>Thread:</b> its reader's.
 */
final class FfmpegReaderVideo implements AutoCloseable {
  private final MediaReaderSettings settings;
  private final FramePool pool;
  private final FfmpegReaderDecoder decoder;
  private final FfmpegReaderPictures pictures;
  private final long frameNanos;
  private AVFrame ready = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
  private AVFrame ahead = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
  private long readyNanos;
  private long aheadNanos;
  private boolean hasReady;
  private boolean hasAhead;

  private long lastNanos = Long.MIN_VALUE;
  private long number;

  FfmpegReaderVideo(
      MediaReaderSettings settings,
      AVStream stream,
      FfmpegReaderInput input,
      FfmpegReaderDamage damage,
      FramePool pool) {
    this.settings = settings;
    this.pool = pool;
    boolean done = false;
    try {
      decoder = new FfmpegReaderDecoder(settings, stream, input, damage);
      done = true;
    } finally {
      if (!done) {
        freeOwn();
      }
    }
    double rate = FfmpegReaderFacts.frameRate(stream);
    frameNanos =
        Math.round(TimeUnit.SECONDS.toNanos(1) / (rate > 0 ? rate : VideoInfo.DEFAULT_FRAME_RATE));
    pictures = new FfmpegReaderPictures(stream, settings.limits());
  }

  /** What its pictures are, once one is there. */
  VideoInfo info(AVStream stream) {
    return pictures.info(ready, FfmpegReaderFacts.frameRate(stream));
  }

  FfmpegReaderTime time() {
    return decoder.time();
  }

  /** Begins the time line there; the picture that is there moves with it. */
  void origin(long fileNanos) {
    decoder.time().origin(fileNanos);
    readyNanos -= fileNanos;
    lastNanos -= fileNanos;
  }

  /**
   * Decodes until a picture is there.
   *
   * @return false at the end, and when none can be had now
   */
  boolean fill() {
    if (!hasReady && hasAhead) {
      swap();
    }
    if (!hasReady && decoder.decode(ready)) {
      hasReady = true;
      readyNanos = nanosOf(ready);
    }
    return hasReady;
  }

  /** The time of the picture that is there. */
  long nanos() {
    return readyNanos;
  }

  boolean ended() {
    return decoder.ended() && !hasReady && !hasAhead;
  }

  /**
   * Gives the picture that is there.
   *
   * @return null when the pool has no room; it is still there then
   */
  @Nullable TimestampedFrame take() {
    VideoFrame pixels = pool.tryAcquire(pictures.shape(ready));
    if (pixels == null) {
      return null;
    }
    boolean done = false;
    try {
      pictures.copy(ready, pixels);
      done = true;
    } finally {
      if (!done) {
        pixels.close();
      }
    }
    avutil.av_frame_unref(ready);
    hasReady = false;
    return new TimestampedFrame(pixels, settings.sourceId(), number++, readyNanos);
  }

  /** Forgets what it holds; the input begins at the file's beginning, or near a keyframe. */
  void restart(boolean atBeginning) {
    decoder.restart(atBeginning);
    avutil.av_frame_unref(ready);
    avutil.av_frame_unref(ahead);
    hasReady = false;
    hasAhead = false;
    lastNanos = Long.MIN_VALUE;
  }

  /**
   * Decodes on to the last picture that is not later.
   *
   * @return false when what can be decoded from here begins after it
   */
  boolean forwardTo(long targetNanos) {
    decoder.latestKey(targetNanos);
    try {
      if (!fill() || readyNanos > targetNanos) {
        return false;
      }
      while (decoder.decode(ahead)) {
        aheadNanos = nanosOf(ahead);
        hasAhead = true;
        if (aheadNanos > targetNanos) {
          return true;
        }
        avutil.av_frame_unref(ready);
        swap();
      }
      return true;
    } finally {
      decoder.latestKey(Long.MAX_VALUE);
    }
  }

  private void swap() {
    AVFrame before = ready;
    ready = ahead;
    ahead = before;
    readyNanos = aheadNanos;
    hasReady = true;
    hasAhead = false;
  }

  private long nanosOf(AVFrame picture) {
    long ticks = picture.best_effort_timestamp();
    boolean first = lastNanos == Long.MIN_VALUE;
    long nanos =
        ticks != avutil.AV_NOPTS_VALUE
            ? decoder.time().nanos(ticks)
            : first ? 0 : lastNanos + frameNanos;
    lastNanos = first ? nanos : Math.max(nanos, lastNanos + 1);
    return lastNanos;
  }

  private void freeOwn() {
    avutil.av_frame_free(ready);
    avutil.av_frame_free(ahead);
  }

  @Override
  public void close() {
    pictures.close();
    freeOwn();
    decoder.close();
  }
}
