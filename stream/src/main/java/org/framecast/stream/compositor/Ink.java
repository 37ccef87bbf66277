package org.framecast.stream.compositor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.VideoFrame;

/**
 * A grey as I420 and RGBA hold it.
 *
 * <p><b>Source:</b> ITU-R BT.601-7, limited range.
 */
record Ink(int luma, int level) {
  static final Ink BLACK = grey(0);
  private static final int NEUTRAL = 128;
  private static final int OPAQUE = 255;

  static Ink grey(int level) {
    return new Ink(16 + Math.round(level * 219f / 255), level);
  }

  /** Fills the whole picture. */
  void fill(VideoFrame frame) {
    fill(frame, 0, 0, frame.width(), frame.height());
  }

  /** Fills a rectangle inside of the picture. */
  void fill(VideoFrame frame, int left, int top, int right, int bottom) {
    if (frame.format() == PixelFormat.RGBA) {
      fill(frame, 0, 4 * left, top, 4 * right, bottom);
      return;
    }
    fill(frame, 0, left, top, right, bottom);
    fill(frame, 1, left / 2, top / 2, (right + 1) / 2, (bottom + 1) / 2);
    fill(frame, 2, left / 2, top / 2, (right + 1) / 2, (bottom + 1) / 2);
  }

  private void fill(VideoFrame frame, int plane, int left, int top, int right, int bottom) {
    MemorySegment pixels = frame.plane(plane);
    boolean rgba = frame.format() == PixelFormat.RGBA;
    int value = plane > 0 ? NEUTRAL : rgba ? level : luma;
    for (int y = top; y < bottom; y++) {
      long row = (long) y * frame.stride(plane);
      for (int x = left; x < right; x++) {
        int now = rgba && (x & 3) == 3 ? OPAQUE : value;
        pixels.set(ValueLayout.JAVA_BYTE, row + x, (byte) now);
      }
    }
  }
}
