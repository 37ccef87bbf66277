package org.framecast.stream.layer.overlay;

import org.framecast.stream.flow.Placement;
import org.framecast.stream.media.VideoFrame;

/**
 * Where a picture lies in a target, in whole pixels, and which part of the target it touches.
 *
 * @param x of its left edge
 * @param y of its upper edge
 * @param width in the target, edges that reach over included
 * @param height in the target, edges that reach over included
 * @param area what it touches
 */
record Spot(int x, int y, int width, int height, Area area) {
  static Spot of(VideoFrame picture, Placement placement, VideoFrame target) {
    double scale = placement.scale(picture.width(), target.width());
    int width = Axis.scaled(picture.width(), scale);
    int height = Axis.scaled(picture.height(), scale);
    int x = placement.left(width, target.width());
    int y = placement.top(height, target.height());
    return new Spot(
        x,
        y,
        width,
        height,
        Area.within(x, y, (long) x + width, (long) y + height, target.width(), target.height()));
  }

  /** Whether the target's row {@code row} is one of the picture's. */
  boolean hasRow(int row) {
    return row >= y && row < (long) y + height;
  }

  /** Whether each row of the picture fills the area's row. */
  boolean fillsRows() {
    return x <= area.left() && (long) x + width >= area.right();
  }

  /**
   * A part of a picture in whole pairs of pixels, so that chroma is covered as well.
   *
   * @param left even
   * @param top even
   * @param right even, or the width of the picture
   * @param bottom even, or the height of the picture
   */
  record Area(int left, int top, int right, int bottom) {
    private static final Area NONE = new Area(0, 0, 0, 0);

    static Area within(long left, long top, long right, long bottom, int width, int height) {
      int from = Math.clamp(left, 0, width);
      int to = Math.clamp(right, 0, width);
      int upper = Math.clamp(top, 0, height);
      int lower = Math.clamp(bottom, 0, height);
      return from >= to || upper >= lower
          ? NONE
          : new Area(
              from & ~1,
              upper & ~1,
              Math.min(width, to + 1 & ~1),
              Math.min(height, lower + 1 & ~1));
    }

    boolean isEmpty() {
      return left >= right || top >= bottom;
    }

    int width() {
      return right - left;
    }

    int height() {
      return bottom - top;
    }

    /** Pairs of rows. */
    int strips() {
      return (height() + 1) / 2;
    }

    /** Samples of chroma in a row. */
    int samples() {
      return (width() + 1) / 2;
    }
  }
}
