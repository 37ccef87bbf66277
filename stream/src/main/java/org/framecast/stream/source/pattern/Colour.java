package org.framecast.stream.source.pattern;

/**
 * A colour as the planes of I420 hold it.
 *
 * <p><b>Source:</b> ITU-R BT.601, limited range.
 */
record Colour(int y, int u, int v) {
  static final Colour BLACK = new Colour(16, 128, 128);
  static final Colour WHITE = new Colour(235, 128, 128);

  /** The colour of {@code 0xRRGGBB}. */
  static Colour rgb(int rgb) {
    int r = rgb >> 16 & 0xFF;
    int g = rgb >> 8 & 0xFF;
    int b = rgb & 0xFF;
    return new Colour(
        (66 * r + 129 * g + 25 * b + 128 >> 8) + 16,
        (-38 * r - 74 * g + 112 * b + 128 >> 8) + 128,
        (112 * r - 94 * g - 18 * b + 128 >> 8) + 128);
  }
}
