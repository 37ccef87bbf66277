package org.framecast.stream.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.VideoFrame;

/**
 * A pooled block as FFmpeg sees it: made once, tied to the block, and used by every codec that is
 * lent the frame. FFmpeg copies frames that are not counted; this one it only counts.
 *
 * <p><b>Thread:</b> whoever uses {@link #frame()} holds this object's monitor, because two codecs
 * may be lent one frame.
 *
 * <p><b>Ownership:</b> the block owns it and closes it before its memory is freed.
 */
final class WrappedFrame implements AutoCloseable {
  private final AVBufferRef buffer;
  private final AVFrame frame;

  private WrappedFrame(VideoFrame pixels) {
    FrameShape shape = pixels.shape();
    frame = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
    buffer = Ffmpeg.wrap(pixels.block());
    frame.format(format(shape.format()));
    frame.width(shape.width());
    frame.height(shape.height());
    frame.color_range(colorRange(shape.format()));
    frame.colorspace(
        shape.format() == PixelFormat.I420 ? avutil.AVCOL_SPC_SMPTE170M : avutil.AVCOL_SPC_RGB);
    for (int i = 0; i < shape.format().planes(); i++) {
      frame.data(i, new BytePointer(new Ffmpeg.Address(pixels.plane(i))));
      frame.linesize(i, shape.stride(i));
    }
    frame.buf(0, buffer);
    Ffmpeg.opened();
  }

  /** The block's wrapper, made when there is none yet. */
  static WrappedFrame of(VideoFrame pixels) {
    synchronized (pixels) {
      AutoCloseable attachment = pixels.attachment();
      if (attachment instanceof WrappedFrame wrapped) {
        return wrapped;
      }
      WrappedFrame wrapped = new WrappedFrame(pixels);
      pixels.attach(wrapped);
      return wrapped;
    }
  }

  /**
   * Makes {@code other} show the same block, with properties of its own, so that several codecs
   * work on one frame at the same time.
   *
   * <p><b>Ownership:</b> {@code other} counts a reference until it is unreferenced.
   */
  synchronized void shareTo(AVFrame other) {
    Ffmpeg.check(avutil.av_frame_ref(other, frame), "frame reference");
  }

  static int format(PixelFormat format) {
    return switch (format) {
      case I420 -> avutil.AV_PIX_FMT_YUV420P;
      case BGR24 -> avutil.AV_PIX_FMT_BGR24;
      case RGBA -> avutil.AV_PIX_FMT_RGBA;
    };
  }

  static int colorRange(PixelFormat format) {
    return format == PixelFormat.I420 ? avutil.AVCOL_RANGE_MPEG : avutil.AVCOL_RANGE_JPEG;
  }

  AVFrame frame() {
    return frame;
  }

  /** How many references FFmpeg counts on the block; 1 is this wrapper's own. */
  int references() {
    return avutil.av_buffer_get_ref_count(buffer);
  }

  @Override
  public void close() {
    int references = references();
    // The frame gives up its reference, which is the wrapper's.
    avutil.av_frame_free(frame);
    Ffmpeg.closed();
    if (references != 1) {
      throw new IllegalStateException("a codec still holds " + (references - 1) + " references");
    }
  }
}
