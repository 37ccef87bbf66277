package org.framecast.stream.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.framecast.stream.media.MediaException;
import org.jspecify.annotations.Nullable;

/**
 * Scales and converts from one FFmpeg frame into another, by BT.601, keeping its tables for the
 * pair of shapes last seen.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Ownership:</b> both frames are lent; the target has its own memory.
 */
final class Scaler implements AutoCloseable {
  private record Side(int width, int height, int format, int range) {
    static Side of(AVFrame frame) {
      return new Side(frame.width(), frame.height(), plain(frame.format()), rangeOf(frame));
    }
  }

  private @Nullable SwsContext context;
  private @Nullable Side from;
  private @Nullable Side to;

  void scale(AVFrame source, AVFrame target) {
    SwsContext scaler = contextFor(Side.of(source), Side.of(target));
    Ffmpeg.check(swscale.sws_scale_frame(scaler, target, source), "scale");
  }

  private SwsContext contextFor(Side source, Side target) {
    SwsContext kept = context;
    if (kept != null && source.equals(from) && target.equals(to)) {
      return kept;
    }
    close();
    SwsContext made = open(source, target);
    Ffmpeg.opened();
    context = made;
    from = source;
    to = target;
    return made;
  }

  private static SwsContext open(Side source, Side target) {
    SwsContext made = Ffmpeg.allocated(swscale.sws_alloc_context(), "scaler");
    made.src_w(source.width()).src_h(source.height());
    made.src_format(source.format()).src_range(source.range());
    made.dst_w(target.width()).dst_h(target.height());
    made.dst_format(target.format()).dst_range(target.range());
    made.flags(swscale.SWS_BILINEAR).threads(1);
    int result = swscale.sws_init_context(made, null, null);
    if (result < 0) {
      swscale.sws_free_context(made);
      throw new MediaException(
          MediaException.Code.UNSUPPORTED, "no conversion: " + Ffmpeg.text(result));
    }
    return made;
  }

  /** The formats that FFmpeg names apart for full range; the range is stated beside them. */
  private static int plain(int format) {
    return switch (format) {
      case avutil.AV_PIX_FMT_YUVJ420P -> avutil.AV_PIX_FMT_YUV420P;
      case avutil.AV_PIX_FMT_YUVJ422P -> avutil.AV_PIX_FMT_YUV422P;
      case avutil.AV_PIX_FMT_YUVJ444P -> avutil.AV_PIX_FMT_YUV444P;
      case avutil.AV_PIX_FMT_YUVJ440P -> avutil.AV_PIX_FMT_YUV440P;
      case avutil.AV_PIX_FMT_YUVJ411P -> avutil.AV_PIX_FMT_YUV411P;
      default -> format;
    };
  }

  private static int rangeOf(AVFrame frame) {
    return frame.color_range() == avutil.AVCOL_RANGE_JPEG || plain(frame.format()) != frame.format()
        ? 1
        : 0;
  }

  @Override
  public void close() {
    SwsContext kept = context;
    context = null;
    if (kept != null) {
      swscale.sws_free_context(kept);
      Ffmpeg.closed();
    }
  }
}
