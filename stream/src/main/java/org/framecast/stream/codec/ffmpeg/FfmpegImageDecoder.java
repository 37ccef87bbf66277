package org.framecast.stream.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.ImageDecoder;
import org.framecast.stream.codec.ImageFormat;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.StillImage;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/** JPEG, PNG and WebP by FFmpeg's decoders, each opened at its first use and kept. */
final class FfmpegImageDecoder implements ImageDecoder {
  /** Room that a decoder may add to each side for whole blocks. */
  private static final long SIDE_MARGIN = 128;

  private final @Nullable AVCodecContext[] contexts =
      new @Nullable AVCodecContext[ImageFormat.values().length];
  private final AVFrame picture = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
  private final Scaler scaler = new Scaler();
  private final PackedImages packed = new PackedImages(scaler);
  private boolean closed;

  FfmpegImageDecoder() {
    Ffmpeg.opened();
  }

  @Override
  public VideoFrame decode(MediaBuffer file, ImageInfo info, FramePool pool) {
    read(file, info);
    try {
      VideoFrame frame = pool.acquire(FrameShape.i420(info.width(), info.height()));
      boolean done = false;
      try {
        AVFrame target = WrappedFrame.of(frame).frame();
        if (packed.wants(picture)) {
          packed.overBlack(picture, target);
        } else {
          scaler.scale(picture, target);
        }
        done = true;
        return frame;
      } finally {
        if (!done) {
          frame.close();
        }
      }
    } finally {
      avutil.av_frame_unref(picture);
    }
  }

  @Override
  public StillImage decodeStill(MediaBuffer file, ImageInfo info) {
    read(file, info);
    try {
      return packed.toArgb(picture);
    } finally {
      avutil.av_frame_unref(picture);
    }
  }

  /** Decodes into {@link #picture}; the buffer is FFmpeg's no more when this returns. */
  private void read(MediaBuffer file, ImageInfo info) {
    if (info.width() > FrameShape.MAX_SIDE || info.height() > FrameShape.MAX_SIDE) {
      throw new MediaException(
          MediaException.Code.SIZE_LIMIT, "image of " + info.width() + "x" + info.height());
    }
    if (info.format() == ImageFormat.JPEG) {
      JpegTail.requireWhole(file.content());
    }
    AVCodecContext context = context(info.format());
    context.max_pixels((info.width() + SIDE_MARGIN) * (info.height() + SIDE_MARGIN));
    WrappedBuffer wrapped = WrappedBuffer.of(file);
    int result;
    synchronized (wrapped) {
      result = avcodec.avcodec_send_packet(context, wrapped.packet(file.sizeBytes()));
      if (result >= 0) {
        result = avcodec.avcodec_receive_frame(context, picture);
      }
      // Also gives up the buffer when bytes were left over.
      avcodec.avcodec_flush_buffers(context);
    }
    boolean whole =
        result >= 0
            && picture.decode_error_flags() == 0
            && (picture.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) == 0
            && picture.width() == info.width()
            && picture.height() == info.height();
    if (!whole) {
      avutil.av_frame_unref(picture);
      String reason = result < 0 ? Ffmpeg.text(result) : "broken, or not of the header's size";
      throw new MediaException(MediaException.Code.MALFORMED, info.format() + ": " + reason);
    }
  }

  private AVCodecContext context(ImageFormat format) {
    if (closed) {
      throw new IllegalStateException("image decoder is closed");
    }
    AVCodecContext context = contexts[format.ordinal()];
    if (context == null) {
      context = Contexts.openDecoder(codecId(format), FfmpegImageDecoder::configure);
      contexts[format.ordinal()] = context;
      Ffmpeg.opened();
    }
    return context;
  }

  private static void configure(AVCodecContext context) {
    context.thread_count(1);
    context.err_recognition(
        avcodec.AV_EF_EXPLODE
            | avcodec.AV_EF_CRCCHECK
            | avcodec.AV_EF_BITSTREAM
            | avcodec.AV_EF_BUFFER);
  }

  private static int codecId(ImageFormat format) {
    return switch (format) {
      case JPEG -> avcodec.AV_CODEC_ID_MJPEG;
      case PNG -> avcodec.AV_CODEC_ID_PNG;
      case WEBP -> avcodec.AV_CODEC_ID_WEBP;
    };
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    scaler.close();
    for (int i = 0; i < contexts.length; i++) {
      AVCodecContext context = contexts[i];
      contexts[i] = null;
      if (context != null) {
        avcodec.avcodec_free_context(context);
        Ffmpeg.closed();
      }
    }
    avutil.av_frame_free(picture);
    Ffmpeg.closed();
  }
}
