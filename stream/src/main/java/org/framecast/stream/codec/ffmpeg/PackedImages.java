package org.framecast.stream.codec.ffmpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.media.StillImage;

/**
 * Handles decoded images pixel by pixel, in packed BGRA: those with alpha or of unusual depth, and
 * those that stay on the heap.
 *
 * <p><b>Thread:</b> its decoder's.
 */
final class PackedImages {
  /** BGRA in memory is ARGB in an int that is read little-endian. */
  private static final ValueLayout.OfInt ARGB =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int ALIGNMENT = 64;
  private static final int OPAQUE = 0xFF;

  private static final int UNUSUAL =
      avutil.AV_PIX_FMT_FLAG_ALPHA | avutil.AV_PIX_FMT_FLAG_PAL | avutil.AV_PIX_FMT_FLAG_BITSTREAM;

  private final Scaler scaler;
  private int format = avutil.AV_PIX_FMT_NONE;
  private boolean wanted;

  PackedImages(Scaler scaler) {
    this.scaler = scaler;
  }

  /**
   * Whether the picture has to come this way: with alpha, a palette, or another depth than 8 bits,
   * where swscale may forget to convert the range.
   */
  boolean wants(AVFrame picture) {
    if (picture.format() != format) {
      format = picture.format();
      AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(format);
      wanted = layout == null || (layout.flags() & UNUSUAL) != 0 || layout.comp(0).depth() != 8;
    }
    return wanted;
  }

  /** Lays the picture over black and converts it to what {@code target} is. */
  void overBlack(AVFrame picture, AVFrame target) {
    AVFrame packed = packed(picture);
    try {
      for (int y = 0; y < packed.height(); y++) {
        blendRow(row(packed, y), packed.width());
      }
      scaler.scale(packed, target);
    } finally {
      free(packed);
    }
  }

  private static void blendRow(MemorySegment row, int width) {
    for (int x = 0; x < width; x++) {
      int argb = row.getAtIndex(ARGB, x);
      int alpha = argb >>> 24;
      if (alpha != OPAQUE) {
        int blended =
            scaled(argb >> 16 & 0xFF, alpha) << 16
                | scaled(argb >> 8 & 0xFF, alpha) << 8
                | scaled(argb & 0xFF, alpha);
        row.setAtIndex(ARGB, x, OPAQUE << 24 | blended);
      }
    }
  }

  private static int scaled(int value, int alpha) {
    return (value * alpha + OPAQUE / 2) / OPAQUE;
  }

  /** Copies the picture to the heap with its alpha as it is. */
  StillImage toArgb(AVFrame picture) {
    AVFrame packed = packed(picture);
    try {
      int width = packed.width();
      int[] argb = new int[width * packed.height()];
      for (int y = 0; y < packed.height(); y++) {
        MemorySegment.copy(row(packed, y), ARGB, 0, argb, y * width, width);
      }
      return new StillImage(width, packed.height(), argb);
    } finally {
      free(packed);
    }
  }

  private AVFrame packed(AVFrame picture) {
    AVFrame packed = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
    Ffmpeg.opened();
    boolean done = false;
    try {
      packed.format(avutil.AV_PIX_FMT_BGRA);
      packed.width(picture.width());
      packed.height(picture.height());
      packed.color_range(avutil.AVCOL_RANGE_JPEG);
      Ffmpeg.check(avutil.av_frame_get_buffer(packed, ALIGNMENT), "frame memory");
      scaler.scale(picture, packed);
      done = true;
      return packed;
    } finally {
      if (!done) {
        free(packed);
      }
    }
  }

  private static void free(AVFrame packed) {
    avutil.av_frame_free(packed);
    Ffmpeg.closed();
  }

  private static MemorySegment row(AVFrame packed, int y) {
    long rowBytes = packed.width() * 4L;
    return Ffmpeg.view(packed.data(0).address() + (long) y * packed.linesize(0), rowBytes);
  }
}
