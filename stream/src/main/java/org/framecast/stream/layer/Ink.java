package org.framecast.stream.layer;

/**
 * A colour as the planes of I420 hold it.
 *
 * <p><b>Source:</b> ITU-R BT.601, limited range.
 *
 * @param y 16 to 235
 * @param u 16 to 240
 * @param v 16 to 240
 */
record Ink(int y, int u, int v) {
  static final int BLACK_LUMA = 16;
  static final int WHITE_LUMA = 235;
  static final Ink BLACK = new Ink(BLACK_LUMA, 128, 128);

  /** Luma above which a ground carries dark text. */
  private static final int LIGHT_GROUND = 115;

  /** Twelve colours that are told apart well, also on a small screen. */
  private static final Ink[] PALETTE = {
    rgb(0x2ECC71), rgb(0xFF5252), rgb(0x40A9FF), rgb(0xFFC53D),
    rgb(0xB37FEB), rgb(0x13C2C2), rgb(0xFF85C0), rgb(0xA0D911),
    rgb(0xFA8C16), rgb(0x597EF7), rgb(0xF5F5F5), rgb(0xD4B106),
  };

  /** The colour of {@code 0xRRGGBB}. */
  static Ink rgb(int rgb) {
    int r = rgb >> 16 & 0xFF;
    int g = rgb >> 8 & 0xFF;
    int b = rgb & 0xFF;
    return new Ink(lumaOf(r, g, b), blueOf(r, g, b), redOf(r, g, b));
  }

  static int lumaOf(int r, int g, int b) {
    return (66 * r + 129 * g + 25 * b + 128 >> 8) + 16;
  }

  static int blueOf(int r, int g, int b) {
    return (-38 * r - 74 * g + 112 * b + 128 >> 8) + 128;
  }

  static int redOf(int r, int g, int b) {
    return (112 * r - 94 * g - 18 * b + 128 >> 8) + 128;
  }

  /** The colour that a class has in every picture. */
  static Ink ofClass(int classIndex) {
    return PALETTE[Math.floorMod(classIndex, PALETTE.length)];
  }

  /** Whether dark text is readable on it, not light text. */
  boolean isLight() {
    return y > LIGHT_GROUND;
  }
}
