package org.framecast.stream.layer.overlay;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * Single pixels of a picture as RGBA, of any format that a visual may have, scaled where a picture
 * is.
 *
 * <p><b>Source:</b> ITU-R BT.601-7, limited range to full range.
 */
final class Pixels {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final double LUMA = 255.0 / 219;
  private static final double CHROMA = 255.0 / 224;

  private final VideoFrame picture;
  private final MemorySegment plane;
  private final @Nullable Axis columns;
  private final @Nullable Axis rows;

  Pixels(VideoFrame picture, int width, int height, Axes axes) {
    if (picture.format() == PixelFormat.BGR24) {
      throw new IllegalArgumentException("a visual is RGBA or I420, not " + picture.format());
    }
    this.picture = picture;
    plane = picture.plane(0);
    columns = axes.of(picture.width(), width);
    rows = axes.of(picture.height(), height);
  }

  /** Whether rows of RGBA lie in memory as they are shown. */
  boolean areAsShown() {
    return picture.format() == PixelFormat.RGBA && columns == null && rows == null;
  }

  MemorySegment memory() {
    return plane;
  }

  /** Where a pixel lies, if they are as shown. */
  long position(int x, int y) {
    return (long) y * picture.stride(0) + 4L * x;
  }

  /** Writes a run of one row. */
  void copy(int x, int y, int count, MemorySegment to, long at) {
    if (areAsShown()) {
      MemorySegment.copy(plane, position(x, y), to, at, 4L * count);
      return;
    }
    for (int i = 0; i < count; i++) {
      to.set(INT, at + 4L * i, scaled(x + i, y));
    }
  }

  private int scaled(int x, int y) {
    int firstX = columns == null ? x : columns.first()[x];
    int firstY = rows == null ? y : rows.first()[y];
    int tapsX = columns == null ? 1 : columns.taps();
    int tapsY = rows == null ? 1 : rows.taps();
    long alpha = 0;
    long red = 0;
    long green = 0;
    long blue = 0;
    for (int j = 0; j < tapsY; j++) {
      int down = rows == null ? Axis.ONE : rows.weights()[y * tapsY + j];
      for (int i = 0; down != 0 && i < tapsX; i++) {
        int weight = columns == null ? Axis.ONE : columns.weights()[x * tapsX + i];
        int pixel = pixel(firstX + i, firstY + j);
        long share = (long) weight * down * (pixel >>> 24);
        alpha += share;
        red += share * (pixel & 0xFF);
        green += share * (pixel >>> 8 & 0xFF);
        blue += share * (pixel >>> 16 & 0xFF);
      }
    }
    return alpha == 0 ? 0 : straight(red, green, blue, alpha);
  }

  private static int straight(long red, long green, long blue, long alpha) {
    long half = alpha / 2;
    int opacity = (int) (alpha + (1 << 2 * Axis.ONE_BITS - 1) >> 2 * Axis.ONE_BITS);
    return (int) ((red + half) / alpha)
        | (int) ((green + half) / alpha) << 8
        | (int) ((blue + half) / alpha) << 16
        | opacity << 24;
  }

  private int pixel(int x, int y) {
    return picture.format() == PixelFormat.RGBA ? plane.get(INT, position(x, y)) : ofVideo(x, y);
  }

  private int ofVideo(int x, int y) {
    double light = (value(0, x, y) - 16) * LUMA;
    double blueness = (value(1, x / 2, y / 2) - 128) * CHROMA;
    double redness = (value(2, x / 2, y / 2) - 128) * CHROMA;
    return clipped(light + 1.402 * redness)
        | clipped(light - 0.344136 * blueness - 0.714136 * redness) << 8
        | clipped(light + 1.772 * blueness) << 16
        | 0xFF << 24;
  }

  private int value(int index, int x, int y) {
    return picture.plane(index).get(ValueLayout.JAVA_BYTE, (long) y * picture.stride(index) + x)
        & 0xFF;
  }

  private static int clipped(double value) {
    return (int) Math.clamp(Math.round(value), 0, 255);
  }
}
