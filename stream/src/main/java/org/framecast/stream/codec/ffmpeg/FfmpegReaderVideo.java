package org.framecast.stream.codec.ffmpeg;

import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
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
  private final FfmpegReaderInput input;
  private final FfmpegReaderPackets packets;
  private final FfmpegReaderDamage damage;
  private final FramePool pool;
  private final AVCodecContext context;
  private final AVPacket packet = Ffmpeg.allocated(avcodec.av_packet_alloc(), "packet");
  private final FfmpegReaderPictures pictures;
  private final long frameNanos;
  private AVFrame ready = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
  private AVFrame ahead = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
  private long readyNanos;
  private long aheadNanos;
  private boolean hasReady;
  private boolean hasAhead;
  private boolean any;

  /** Whether the decoder is fed from a keyframe on alone. */
  private boolean awaitsKeyframe;

  /** Whether pictures are passed over until a keyframe's comes out. */
  private boolean awaitsKeyPicture;

  /** Whether the decoder gives what it holds before it goes on at a keyframe. */
  private boolean breaks;

  private boolean ended;
  private long lastNanos = Long.MIN_VALUE;
  private long latestKeyNanos = Long.MAX_VALUE;
  private boolean tooLate;
  private long number;

  FfmpegReaderVideo(
      MediaReaderSettings settings,
      AVStream stream,
      FfmpegReaderInput input,
      FfmpegReaderDamage damage,
      FramePool pool) {
    this.settings = settings;
    this.input = input;
    this.damage = damage;
    this.pool = pool;
    boolean done = false;
    try {
      context = FfmpegReaderDecoders.open(stream, settings.limits());
      done = true;
    } finally {
      if (!done) {
        freeOwn();
      }
    }
    packets = input.want(stream.index());
    double rate = FfmpegReaderFacts.frameRate(stream);
    frameNanos =
        Math.round(TimeUnit.SECONDS.toNanos(1) / (rate > 0 ? rate : VideoInfo.DEFAULT_FRAME_RATE));
    pictures = new FfmpegReaderPictures(stream, settings.limits());
    Ffmpeg.opened();
  }

  /** What its pictures are, once one is there. */
  VideoInfo info(AVStream stream) {
    return pictures.info(ready, FfmpegReaderFacts.frameRate(stream));
  }

  FfmpegReaderTime time() {
    return packets.time();
  }

  /** Begins the time line there; the picture that is there moves with it. */
  void origin(long fileNanos) {
    packets.time().origin(fileNanos);
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
    if (!hasReady && decode(ready)) {
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
    return ended && !hasReady && !hasAhead;
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
    avcodec.avcodec_flush_buffers(context);
    avutil.av_frame_unref(ready);
    avutil.av_frame_unref(ahead);
    hasReady = false;
    hasAhead = false;
    ended = false;
    breaks = false;
    tooLate = false;
    awaitsKeyframe = !atBeginning;
    awaitsKeyPicture = !atBeginning;
    lastNanos = Long.MIN_VALUE;
  }

  /**
   * Decodes on to the last picture that is not later.
   *
   * @return false when what can be decoded from here begins after it
   */
  boolean forwardTo(long targetNanos) {
    latestKeyNanos = awaitsKeyframe ? targetNanos : Long.MAX_VALUE;
    try {
      if (!fill() || readyNanos > targetNanos) {
        return false;
      }
      while (decode(ahead)) {
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
      latestKeyNanos = Long.MAX_VALUE;
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
            ? packets.time().nanos(ticks)
            : first ? 0 : lastNanos + frameNanos;
    lastNanos = first ? nanos : Math.max(nanos, lastNanos + 1);
    return lastNanos;
  }

  private boolean decode(AVFrame into) {
    while (!tooLate) {
      int result = avcodec.avcodec_receive_frame(context, into);
      if (result == avutil.AVERROR_EAGAIN()) {
        if (!feed()) {
          return false;
        }
      } else if (result == avutil.AVERROR_EOF()) {
        if (!breaks) {
          ended = true;
          return false;
        }
        goOnAtKeyframe();
      } else if (result < 0) {
        fault(Ffmpeg.text(result));
        goOnAtKeyframe();
      } else if (shows(into)) {
        any = true;
        return true;
      } else {
        avutil.av_frame_unref(into);
      }
    }
    return false;
  }

  private boolean shows(AVFrame picture) {
    if (awaitsKeyPicture && (picture.flags() & AVFrame.AV_FRAME_FLAG_KEY) == 0) {
      return false;
    }
    if (pictures.broken(picture)) {
      fault("a picture is broken");
      awaitsKeyPicture = true;
      return false;
    }
    awaitsKeyPicture = false;
    return true;
  }

  /** Damage before the first picture is where a recording began. */
  private void fault(String what) {
    if (any) {
      damage.note(what);
    }
  }

  private void goOnAtKeyframe() {
    avcodec.avcodec_flush_buffers(context);
    breaks = false;
    awaitsKeyframe = any;
    awaitsKeyPicture = any;
  }

  /** Gives the decoder one packet, or tells it of the end; false when there is none now. */
  private boolean feed() {
    if (!input.await(packets)) {
      if (input.ended()) {
        avcodec.avcodec_send_packet(context, null);
        return true;
      }
      return false;
    }
    packets.poll(packet);
    try {
      if ((packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0) {
        fault("coded pictures are cut off");
        breaks = true;
        avcodec.avcodec_send_packet(context, null);
      } else if (!passesOver()) {
        send();
      }
    } finally {
      avcodec.av_packet_unref(packet);
    }
    return true;
  }

  private void send() {
    int result = avcodec.avcodec_send_packet(context, packet);
    if (result < 0) {
      fault("coded pictures are broken: " + Ffmpeg.text(result));
      breaks = true;
      avcodec.avcodec_send_packet(context, null);
    }
  }

  private boolean passesOver() {
    if (!awaitsKeyframe) {
      return false;
    }
    boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
    long ticks = key && packet.pts() != avutil.AV_NOPTS_VALUE ? packet.pts() : packet.dts();
    tooLate =
        ticks != avutil.AV_NOPTS_VALUE
            && latestKeyNanos != Long.MAX_VALUE
            && packets.time().nanos(ticks) > latestKeyNanos;
    awaitsKeyframe = !key;
    return !key;
  }

  private void freeOwn() {
    avutil.av_frame_free(ready);
    avutil.av_frame_free(ahead);
    avcodec.av_packet_free(packet);
  }

  @Override
  public void close() {
    pictures.close();
    freeOwn();
    avcodec.avcodec_free_context(context);
    Ffmpeg.closed();
  }
}
