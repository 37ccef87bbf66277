package org.framecast.stream.source.pattern;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.framecast.stream.media.VideoFrame;

/** Fills and copies parts of I420 planes. Nothing is allocated but what is kept. */
final class Planes {
  private static final int COUNT = 3;

  private Planes() {}

  /** Fills a rectangle within the picture; chroma covers each pair of pixels that it touches. */
  static void fill(VideoFrame frame, int x, int y, int width, int height, Colour colour) {
    int right = Math.min(frame.width(), x + width);
    int bottom = Math.min(frame.height(), y + height);
    if (x >= right || y >= bottom) {
      return;
    }
    rows(frame, 0, x, y, right, bottom, colour.y());
    rows(frame, 1, x / 2, y / 2, (right + 1) / 2, (bottom + 1) / 2, colour.u());
    rows(frame, 2, x / 2, y / 2, (right + 1) / 2, (bottom + 1) / 2, colour.v());
  }

  /** Fills a rectangle of luma alone. */
  static void fillLuma(VideoFrame frame, int x, int y, int width, int height, int luma) {
    int right = Math.min(frame.width(), x + width);
    int bottom = Math.min(frame.height(), y + height);
    if (x < right && y < bottom) {
      rows(frame, 0, x, y, right, bottom, luma);
    }
  }

  private static void rows(
      VideoFrame frame, int plane, int left, int top, int right, int bottom, int value) {
    MemorySegment pixels = frame.plane(plane);
    long stride = frame.stride(plane);
    for (int row = top; row < bottom; row++) {
      pixels.asSlice(row * stride + left, right - left).fill((byte) value);
    }
  }

  /** What is in the picture now, kept on the heap. */
  static byte[][] copyOf(VideoFrame frame) {
    byte[][] planes = new byte[COUNT][];
    for (int i = 0; i < COUNT; i++) {
      planes[i] = frame.plane(i).toArray(ValueLayout.JAVA_BYTE);
    }
    return planes;
  }

  /**
   * Puts a kept picture into a frame of its shape, so many rows further down; what leaves it below
   * comes in again above.
   *
   * @param rows even; 0 for the same place
   */
  static void put(byte[][] planes, VideoFrame frame, long rows) {
    for (int i = 0; i < COUNT; i++) {
      int size = planes[i].length;
      int count = size / frame.stride(i);
      int shift = Math.floorMod(i == 0 ? rows : rows / 2, count) * frame.stride(i);
      MemorySegment plane = frame.plane(i);
      MemorySegment.copy(planes[i], 0, plane, ValueLayout.JAVA_BYTE, shift, size - shift);
      MemorySegment.copy(planes[i], size - shift, plane, ValueLayout.JAVA_BYTE, 0, shift);
    }
  }
}
