package org.framecast.stream.source.pattern;

import org.framecast.stream.media.VideoFrame;

/**
 * Digits of seven segments, so that drawing them needs no font. Nothing is allocated.
 *
 * <p><b>Units and shapes:</b> a digit is 4 dots wide and 7 high, its segments are one dot thick;
 * with its gap it takes 5 dots.
 */
final class SegmentText {
  static final int CELL_DOTS = 5;
  static final int DIGIT_WIDTH = 4;
  static final int DIGIT_HEIGHT = 7;

  /** Top, upper right, lower right, bottom, lower left, upper left, middle: bits 0 to 6. */
  static final int[] SEGMENTS = {0x3F, 0x06, 0x5B, 0x4F, 0x66, 0x6D, 0x7D, 0x07, 0x7F, 0x6F};

  /** Left, top, width, height of each segment in dots. */
  private static final int[][] SHAPES = {
    {0, 0, 4, 1}, {3, 0, 1, 4}, {3, 3, 1, 4}, {0, 6, 4, 1}, {0, 3, 1, 4}, {0, 0, 1, 4}, {0, 3, 4, 1}
  };

  private final VideoFrame frame;
  private final int dot;
  private final int top;
  private int left;

  /** Writes from that place on. */
  SegmentText(VideoFrame frame, int left, int top, int dot) {
    this.frame = frame;
    this.left = left;
    this.top = top;
    this.dot = dot;
  }

  /** Writes the lowest digits of a number, zeros in front. */
  SegmentText number(long number, int digits) {
    long power = 1;
    for (int i = 1; i < digits; i++) {
      power *= 10;
    }
    for (; power > 0; power /= 10) {
      digit((int) (number / power % 10));
    }
    return this;
  }

  private void digit(int digit) {
    for (int i = 0; i < SHAPES.length; i++) {
      if ((SEGMENTS[digit] >> i & 1) == 1) {
        int[] shape = SHAPES[i];
        dots(shape[0], shape[1], shape[2], shape[3]);
      }
    }
    left += CELL_DOTS * dot;
  }

  SegmentText colon() {
    dots(1, 2, 1, 1);
    dots(1, 4, 1, 1);
    left += CELL_DOTS * dot;
    return this;
  }

  SegmentText point() {
    dots(1, 6, 1, 1);
    left += CELL_DOTS * dot;
    return this;
  }

  private void dots(int x, int y, int width, int height) {
    Planes.fillLuma(
        frame, left + x * dot, top + y * dot, width * dot, height * dot, Colour.WHITE.y());
  }
}
