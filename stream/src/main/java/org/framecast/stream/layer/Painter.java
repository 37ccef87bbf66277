package org.framecast.stream.layer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.framecast.stream.media.VideoFrame;

/**
 * Draws on the planes of an I420 picture. What lies outside the picture is cut off. Nothing is
 * allocated.
 */
final class Painter {
  /** Opacity of ink that covers what is below it. */
  static final int OPAQUE = 256;

  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final long EACH_BYTE = 0x0101010101010101L;

  private Painter() {}

  /** Fills a rectangle; chroma covers each pair of pixels that the rectangle touches. */
  static void fill(VideoFrame frame, int x, int y, int width, int height, Ink ink, int opacity) {
    int left = Math.max(0, x);
    int top = Math.max(0, y);
    int right = Math.min(frame.width(), x + width);
    int bottom = Math.min(frame.height(), y + height);
    if (left >= right || top >= bottom) {
      return;
    }
    fillPlane(frame, 0, left, top, right, bottom, ink.y(), opacity);
    fillPlane(frame, 1, left / 2, top / 2, (right + 1) / 2, (bottom + 1) / 2, ink.u(), opacity);
    fillPlane(frame, 2, left / 2, top / 2, (right + 1) / 2, (bottom + 1) / 2, ink.v(), opacity);
  }

  /** Draws the border of a rectangle, inwards from its edges. */
  static void outline(
      VideoFrame frame, int x, int y, int width, int height, int thickness, Ink ink) {
    int across = Math.min(thickness, width);
    int down = Math.min(thickness, height);
    fill(frame, x, y, width, down, ink, OPAQUE);
    fill(frame, x, y + height - down, width, down, ink, OPAQUE);
    fill(frame, x, y, across, height, ink, OPAQUE);
    fill(frame, x + width - across, y, across, height, ink, OPAQUE);
  }

  /** Writes text in luma alone, on a ground that was filled before; returns where it ends. */
  static int text(VideoFrame frame, int x, int y, String text, TextStyle style) {
    int at = x;
    for (int i = 0; i < text.length(); i++) {
      at = glyph(frame, at, y, text.charAt(i), style);
    }
    return at;
  }

  /** Writes one character; returns where the next one begins. */
  static int glyph(VideoFrame frame, int x, int y, char c, TextStyle style) {
    long glyph = BitmapFont.glyph(c);
    int size = style.size();
    for (int row = 0; row < BitmapFont.GLYPH_HEIGHT; row++) {
      for (int column = 0; column < BitmapFont.GLYPH_WIDTH; column++) {
        if (BitmapFont.dot(glyph, column, row)) {
          dot(frame, x + column * size, y + row * size, style);
        }
      }
    }
    return x + BitmapFont.CELL_WIDTH * size;
  }

  private static void dot(VideoFrame frame, int x, int y, TextStyle style) {
    int left = Math.max(0, x);
    int top = Math.max(0, y);
    int right = Math.min(frame.width(), x + style.size());
    int bottom = Math.min(frame.height(), y + style.size());
    if (left < right && top < bottom) {
      fillPlane(frame, 0, left, top, right, bottom, style.luma(), style.opacity());
    }
  }

  private static void fillPlane(
      VideoFrame frame,
      int plane,
      int left,
      int top,
      int right,
      int bottom,
      int value,
      int opacity) {
    MemorySegment pixels = frame.plane(plane);
    long stride = frame.stride(plane);
    for (int row = top; row < bottom; row++) {
      if (opacity == OPAQUE) {
        set(pixels, row * stride + left, right - left, value);
      } else {
        blend(pixels, row * stride + left, right - left, value, opacity);
      }
    }
  }

  private static void set(MemorySegment pixels, long start, int count, int value) {
    long eight = value * EACH_BYTE;
    long end = start + count;
    long at = start;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      pixels.set(LONG, at, eight);
    }
    for (; at < end; at++) {
      pixels.set(BYTE, at, (byte) value);
    }
  }

  private static void blend(MemorySegment pixels, long start, int count, int value, int opacity) {
    for (long at = start; at < start + count; at++) {
      int below = pixels.get(BYTE, at) & 0xFF;
      pixels.set(BYTE, at, (byte) (below + ((value - below) * opacity >> 8)));
    }
  }
}
