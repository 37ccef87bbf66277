package org.framecast.stream.layer;

/**
 * A part of a picture, in whole pairs of pixels so that chroma is covered as well.
 *
 * @param left even
 * @param top even
 * @param right even, or the picture's width
 * @param bottom even, or the picture's height
 */
record Region(int left, int top, int right, int bottom) {
  /** The whole picture. */
  static Region whole(int width, int height) {
    return new Region(0, 0, width, height);
  }

  /** What of these edges lies in the picture, widened to whole pairs. */
  static Region within(
      double left, double top, double right, double bottom, int width, int height) {
    return new Region(
        (int) Math.clamp(Math.floor(left), 0, width) & ~1,
        (int) Math.clamp(Math.floor(top), 0, height) & ~1,
        Math.min(width, (int) Math.clamp(Math.ceil(right), 0, width) + 1 & ~1),
        Math.min(height, (int) Math.clamp(Math.ceil(bottom), 0, height) + 1 & ~1));
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

  /** The same part in a plane of half width and height. */
  Region halved() {
    return new Region(left / 2, top / 2, (right + 1) / 2, (bottom + 1) / 2);
  }
}
