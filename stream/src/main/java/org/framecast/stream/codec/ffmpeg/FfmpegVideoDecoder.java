package org.framecast.stream.codec.ffmpeg;

import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.VideoDecoder;
import org.framecast.stream.codec.VideoDecoderSettings;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.PoolExhaustedException;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * VP8, VP9 and H264 by FFmpeg's own decoders, AV1 by libaom; one thread and no delay.
 *
 * <p>The unit is read where it lies. The picture is copied once, from the decoder's memory to a
 * pooled frame: the decoder keeps its own as a reference for those that follow, so what is to be
 * drawn on must be another.
 */
final class FfmpegVideoDecoder implements VideoDecoder {
  private final VideoDecoderSettings settings;
  private final FramePool pool;
  private final AVCodecContext context;
  private final AVFrame picture = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
  private final Scaler scaler = new Scaler();
  private final UnitTimes times = new UnitTimes();
  private final KeptBuffers kept = new KeptBuffers();
  private boolean needsKeyframe = true;
  private boolean closed;

  FfmpegVideoDecoder(VideoDecoderSettings settings, FramePool pool) {
    this.settings = settings;
    this.pool = pool;
    boolean done = false;
    try {
      context = Contexts.openDecoder(decoderName(settings.codec()), this::configure);
      done = true;
    } finally {
      if (!done) {
        avutil.av_frame_free(picture);
      }
    }
    Ffmpeg.opened();
  }

  static String decoderName(Codec codec) {
    return switch (codec) {
      case VP8 -> "vp8";
      case VP9 -> "vp9";
      case H264 -> "h264";
      case AV1 -> "libaom-av1";
      case OPUS -> OpusDecoder.DECODER_NAME;
    };
  }

  private void configure(AVCodecContext decoder, AVDictionary options) {
    decoder.thread_count(1);
    decoder.max_pixels(settings.maxPixels());
    // Else a stream that says nothing of its reordering waits for pictures that never come.
    decoder.flags(decoder.flags() | avcodec.AV_CODEC_FLAG_LOW_DELAY);
    decoder.err_recognition(avcodec.AV_EF_EXPLODE);
  }

  @Override
  public void decode(AccessUnit unit, Consumer<TimestampedFrame> sink) {
    if (closed) {
      throw new IllegalStateException("decoder is closed");
    }
    if (unit.codec() != settings.codec()) {
      throw new IllegalArgumentException(unit.codec() + " for a decoder of " + settings.codec());
    }
    long number = times.count(unit.ptsNanos());
    if (needsKeyframe && unit.kind() == AccessUnit.Kind.DELTA) {
      return;
    }
    needsKeyframe = true;
    PoolExhaustedException lost = null;
    try {
      send(unit.data(), number);
      lost = drain(sink);
      needsKeyframe = false;
    } finally {
      if (needsKeyframe) {
        startAnew();
      }
      kept.after(unit.data());
    }
    if (lost != null) {
      throw lost;
    }
  }

  private void startAnew() {
    avcodec.avcodec_flush_buffers(context);
    // A broken H264 header may have asked for reordering, which a flush does not forget.
    context.has_b_frames(0);
  }

  private void send(MediaBuffer data, long number) {
    if (data.sizeBytes() == 0) {
      throw malformed("no bytes");
    }
    WrappedBuffer wrapped = WrappedBuffer.of(data);
    int result;
    synchronized (wrapped) {
      result = avcodec.avcodec_send_packet(context, wrapped.packet(data.sizeBytes(), number));
    }
    if (result < 0) {
      throw malformed(Ffmpeg.text(result));
    }
  }

  /** Delivers what is ready; says when the pool had no room for it. */
  private @Nullable PoolExhaustedException drain(Consumer<TimestampedFrame> sink) {
    PoolExhaustedException lost = null;
    while (true) {
      int result = avcodec.avcodec_receive_frame(context, picture);
      if (result == avutil.AVERROR_EAGAIN() || result == avutil.AVERROR_EOF()) {
        return lost;
      }
      if (result < 0) {
        throw malformed(Ffmpeg.text(result));
      }
      TimestampedFrame frame;
      try {
        frame = copy();
      } catch (PoolExhaustedException e) {
        lost = e;
        continue;
      } finally {
        avutil.av_frame_unref(picture);
      }
      sink.accept(frame);
    }
  }

  private TimestampedFrame copy() {
    if (picture.decode_error_flags() != 0
        || (picture.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
      throw malformed("broken picture");
    }
    int width = picture.width();
    int height = picture.height();
    if (Math.max(width, height) > FrameShape.MAX_SIDE
        || (long) width * height > settings.maxPixels()) {
      throw new MediaException(MediaException.Code.SIZE_LIMIT, width + "x" + height);
    }
    VideoFrame frame = pool.acquire(FrameShape.i420(width, height));
    boolean done = false;
    try {
      scaler.scale(picture, WrappedFrame.of(frame).frame());
      done = true;
    } finally {
      if (!done) {
        frame.close();
      }
    }
    long number = picture.pts();
    return new TimestampedFrame(frame, settings.sourceId(), number, times.ptsNanos(number));
  }

  private MediaException malformed(String reason) {
    return new MediaException(
        MediaException.Code.MALFORMED, settings.codec().sdpName() + ": " + reason);
  }

  @Override
  public void gap() {
    needsKeyframe = true;
  }

  @Override
  public boolean needsKeyframe() {
    return needsKeyframe;
  }

  @Override
  public VideoDecoderSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    scaler.close();
    avutil.av_frame_free(picture);
    avcodec.avcodec_free_context(context);
    kept.close();
    Ffmpeg.closed();
  }
}
