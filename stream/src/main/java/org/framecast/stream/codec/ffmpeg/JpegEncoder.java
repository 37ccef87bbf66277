package org.framecast.stream.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
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
 * JPEG by FFmpeg's mjpeg encoder, in full range as JFIF wants it. Keeps the encoder and the
 * full-range picture for the size last seen.
 */
final class JpegEncoder implements ImageEncoder {
  /** FFmpeg's scale of quantizers: 2 is its best, 31 its smallest. */
  private static final int BEST_QUANTIZER = 2;

  private static final int WORST_QUANTIZER = 31;

  private static final int ALIGNMENT = 64;

  private final EncodedPacket encoded = new EncodedPacket();
  private final Scaler scaler = new Scaler();
  private @Nullable AVCodecContext context;
  private @Nullable AVFrame fullRange;
  private @Nullable FrameShape shape;
  private long pictures;
  private boolean closed;

  JpegEncoder() {
    Ffmpeg.opened();
  }

  @Override
  public MediaBuffer encode(VideoFrame frame, int quality, BufferPool pool) {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("JPEG quality " + quality);
    }
    AVCodecContext encoder = encoderFor(frame.shape());
    AVFrame picture = picture();
    Ffmpeg.check(avutil.av_frame_make_writable(picture), "frame memory");
    WrappedFrame wrapped = WrappedFrame.of(frame);
    synchronized (wrapped) {
      scaler.scale(wrapped.frame(), picture);
    }
    picture.pts(pictures++);
    picture.quality(quantizer(quality) * avutil.FF_QP2LAMBDA);
    Ffmpeg.check(avcodec.avcodec_send_frame(encoder, picture), "encode JPEG");
    Ffmpeg.check(avcodec.avcodec_receive_packet(encoder, encoded.packet()), "encode JPEG");
    try {
      return encoded.copy(pool);
    } finally {
      encoded.clear();
    }
  }

  /** Maps 100 to the best quantizer and 1 to the smallest file, finer towards the best. */
  private static int quantizer(int quality) {
    double distance = (100 - quality) / 99.0;
    return BEST_QUANTIZER
        + (int) Math.round((WORST_QUANTIZER - BEST_QUANTIZER) * Math.pow(distance, 1.5));
  }

  private AVFrame picture() {
    AVFrame picture = fullRange;
    if (picture == null) {
      throw new IllegalStateException("no picture");
    }
    return picture;
  }

  private AVCodecContext encoderFor(FrameShape wanted) {
    if (closed) {
      throw new IllegalStateException("image encoder is closed");
    }
    AVCodecContext kept = context;
    if (kept != null && wanted.equals(shape)) {
      return kept;
    }
    release();
    AVCodecContext made =
        Contexts.openEncoder("mjpeg", (c, options) -> configure(c, wanted, options));
    Ffmpeg.opened();
    context = made;
    shape = wanted;
    fullRange = allocate(wanted);
    return made;
  }

  private static void configure(AVCodecContext context, FrameShape shape, AVDictionary options) {
    context.width(shape.width());
    context.height(shape.height());
    context.pix_fmt(avutil.AV_PIX_FMT_YUVJ420P);
    context.color_range(avutil.AVCOL_RANGE_JPEG);
    context.time_base().num(1).den(1000);
    context.thread_count(1);
    context.flags(context.flags() | avcodec.AV_CODEC_FLAG_QSCALE);
    context.qmin(BEST_QUANTIZER);
    context.qmax(WORST_QUANTIZER);
    // The optimal tables cost a second pass.
    avutil.av_dict_set(options, "huffman", "default", 0);
  }

  private AVFrame allocate(FrameShape size) {
    AVFrame picture = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
    Ffmpeg.opened();
    fullRange = picture;
    picture.format(avutil.AV_PIX_FMT_YUVJ420P);
    picture.width(size.width());
    picture.height(size.height());
    picture.color_range(avutil.AVCOL_RANGE_JPEG);
    Ffmpeg.check(avutil.av_frame_get_buffer(picture, ALIGNMENT), "frame memory");
    return picture;
  }

  private void release() {
    AVCodecContext encoder = context;
    context = null;
    if (encoder != null) {
      avcodec.avcodec_free_context(encoder);
      Ffmpeg.closed();
    }
    AVFrame picture = fullRange;
    fullRange = null;
    if (picture != null) {
      avutil.av_frame_free(picture);
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
