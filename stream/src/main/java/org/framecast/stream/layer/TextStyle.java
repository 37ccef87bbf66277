package org.framecast.stream.layer;

/**
 * How text is written.
 *
 * @param size pixels of one dot of the font
 * @param luma of the ink
 * @param opacity 0 to {@link Painter#OPAQUE}
 */
record TextStyle(int size, int luma, int opacity) {
  int lineHeight() {
    return BitmapFont.CELL_HEIGHT * size;
  }

  /** The width of that many characters. */
  int width(int characters) {
    return characters * BitmapFont.CELL_WIDTH * size;
  }
}
