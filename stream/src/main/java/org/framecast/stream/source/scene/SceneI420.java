package org.framecast.stream.source.scene;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.VideoFrame;

/**
 * Turns rendered pixels into I420 frames.
 *
 * <p><b>Thread:</b> any; no state.
 *
 * <p><b>Units and shapes:</b> BT.601 limited range; the colour of a 2 x 2 block is its mean.
 *
 * <p><b>Source:</b> ITU-R BT.601-7, in 16-bit fixed point.
 */
public final class SceneI420 {
  private SceneI420() {}

  /** A part of a picture, in pixels; edges that are odd are moved outwards. */
  record Area(int left, int top, int right, int bottom) {
    /** The box and a little more: smoothed edges and the hair of a face reach over it. */
    static Area of(TruthBox box, int width, int height) {
      double more = 2 + 0.05 * Math.max(box.w(), box.h());
      return new Area(
          Math.clamp((long) (box.x() - more), 0, width) & ~1,
          Math.clamp((long) (box.y() - more), 0, height) & ~1,
          Math.min(width, even(box.x() + box.w() + more)),
          Math.min(height, even(box.y() + box.h() + more)));
    }

    private static int even(double edge) {
      return ((int) edge + 1) & ~1;
    }
  }

  /**
   * Writes pixels of the frame's size into it.
   *
   * @param pixels {@code 0xRRGGBB}, row after row
   */
  public static void write(int[] pixels, VideoFrame frame) {
    write(pixels, frame, new Area(0, 0, frame.width(), frame.height()));
  }

  /** As {@link #write(int[], VideoFrame)} for packed BGR bytes. */
  public static void writeBgr(byte[] bgr, VideoFrame frame) {
    int[] pixels = new int[frame.width() * frame.height()];
    for (int i = 0, at = 0; i < pixels.length; i++, at += 3) {
      pixels[i] = (bgr[at + 2] & 255) << 16 | (bgr[at + 1] & 255) << 8 | (bgr[at] & 255);
    }
    write(pixels, frame);
  }

  static void write(int[] pixels, VideoFrame frame, Area area) {
    if (frame.format() != PixelFormat.I420) {
      throw new IllegalArgumentException("into " + frame.format());
    }
    int width = frame.width();
    int columns = area.right() - area.left();
    if (columns <= 0) {
      return;
    }
    byte[] row = new byte[columns];
    byte[] blue = new byte[(columns + 1) / 2];
    byte[] red = new byte[(columns + 1) / 2];
    for (int y = area.top(); y < area.bottom(); y++) {
      int start = y * width + area.left();
      for (int x = 0; x < columns; x++) {
        row[x] = luma(pixels[start + x]);
      }
      put(row, frame.plane(0), (long) y * frame.stride(0) + area.left());
      if (y % 2 == 0) {
        int below = y + 1 < frame.height() ? width : 0;
        chroma(pixels, start, columns, below, blue, red);
        put(blue, frame.plane(1), (long) y / 2 * frame.stride(1) + area.left() / 2);
        put(red, frame.plane(2), (long) y / 2 * frame.stride(2) + area.left() / 2);
      }
    }
  }

  private static void put(byte[] row, MemorySegment plane, long at) {
    MemorySegment.copy(row, 0, plane, ValueLayout.JAVA_BYTE, at, row.length);
  }

  private static byte luma(int pixel) {
    int red = pixel >> 16 & 255;
    int green = pixel >> 8 & 255;
    int blue = pixel & 255;
    return (byte) ((16829 * red + 33039 * green + 6416 * blue + (16 << 16) + 32768) >> 16);
  }

  private static void chroma(
      int[] pixels, int start, int columns, int below, byte[] blues, byte[] reds) {
    for (int x = 0; x < columns; x += 2) {
      int at = start + x;
      int beside = x + 1 < columns ? 1 : 0;
      int a = pixels[at];
      int b = pixels[at + beside];
      int c = pixels[at + below];
      int d = pixels[at + below + beside];
      int red = (a >> 16 & 255) + (b >> 16 & 255) + (c >> 16 & 255) + (d >> 16 & 255);
      int green = (a >> 8 & 255) + (b >> 8 & 255) + (c >> 8 & 255) + (d >> 8 & 255);
      int blue = (a & 255) + (b & 255) + (c & 255) + (d & 255);
      blues[x / 2] = chroma(-9714 * red - 19071 * green + 28784 * blue);
      reds[x / 2] = chroma(28784 * red - 24103 * green - 4681 * blue);
    }
  }

  private static byte chroma(int sum) {
    return (byte) ((sum + (128 << 18) + (1 << 17)) >> 18);
  }
}
