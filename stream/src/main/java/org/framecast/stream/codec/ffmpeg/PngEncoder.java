package org.framecast.stream.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.ImageEncoder;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * PNG by FFmpeg, in RGB of 8 bits. It loses nothing, so the quality says how long to look for a
 * smaller file. Keeps the encoder and the RGB picture for the size last seen.
 */
final class PngEncoder implements ImageEncoder {
  private static final int ALIGNMENT = 64;
  private static final int MOST_EFFORT = 9;

  private final EncodedPacket encoded = new EncodedPacket();
  private final Scaler scaler = new Scaler();
  private @Nullable AVCodecContext context;
  private @Nullable AVFrame picture;
  private @Nullable FrameShape shape;
  private int effort;
  private long pictures;
  private boolean closed;

  PngEncoder() {
    Ffmpeg.opened();
  }

  @Override
  public MediaBuffer encode(VideoFrame frame, int quality, BufferPool pool) {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("PNG quality " + quality);
    }
    AVCodecContext encoder = encoderFor(frame.shape(), quality * MOST_EFFORT / 100);
    AVFrame packed = picture(frame.shape());
    Ffmpeg.check(avutil.av_frame_make_writable(packed), "frame memory");
    WrappedFrame wrapped = WrappedFrame.of(frame);
    synchronized (wrapped) {
      scaler.scale(wrapped.frame(), packed);
    }
    packed.pts(pictures++);
    Ffmpeg.check(avcodec.avcodec_send_frame(encoder, packed), "encode PNG");
    Ffmpeg.check(avcodec.avcodec_receive_packet(encoder, encoded.packet()), "encode PNG");
    try {
      return encoded.copy(pool);
    } finally {
      encoded.clear();
    }
  }

  private AVCodecContext encoderFor(FrameShape wanted, int wantedEffort) {
    if (closed) {
      throw new IllegalStateException("image encoder is closed");
    }
    AVCodecContext kept = context;
    if (kept != null && wanted.equals(shape) && wantedEffort == effort) {
      return kept;
    }
    release();
    AVCodecContext made =
        Contexts.openEncoder("png", (c, options) -> configure(c, wanted, wantedEffort));
    Ffmpeg.opened();
    context = made;
    shape = wanted;
    effort = wantedEffort;
    return made;
  }

  private static void configure(AVCodecContext context, FrameShape shape, int effort) {
    context.width(shape.width());
    context.height(shape.height());
    context.pix_fmt(avutil.AV_PIX_FMT_RGB24);
    context.color_range(avutil.AVCOL_RANGE_JPEG);
    context.time_base().num(1).den(1000);
    context.thread_count(1);
    context.compression_level(effort);
  }

  private AVFrame picture(FrameShape size) {
    AVFrame kept = picture;
    if (kept != null) {
      return kept;
    }
    AVFrame made = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
    Ffmpeg.opened();
    picture = made;
    made.format(avutil.AV_PIX_FMT_RGB24);
    made.width(size.width());
    made.height(size.height());
    made.color_range(avutil.AVCOL_RANGE_JPEG);
    Ffmpeg.check(avutil.av_frame_get_buffer(made, ALIGNMENT), "frame memory");
    return made;
  }

  private void release() {
    AVCodecContext encoder = context;
    context = null;
    if (encoder != null) {
      avcodec.avcodec_free_context(encoder);
      Ffmpeg.closed();
    }
    AVFrame packed = picture;
    picture = null;
    if (packed != null) {
      avutil.av_frame_free(packed);
      Ffmpeg.closed();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    release();
    scaler.close();
    encoded.close();
    Ffmpeg.closed();
  }
}
