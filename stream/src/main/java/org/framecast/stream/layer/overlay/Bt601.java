package org.framecast.stream.layer.overlay;

/**
 * The weights of red, green and blue in luma and chroma, and the rounding that all kernels share.
 *
 * <p><b>Source:</b> ITU-R BT.601-7, full range to limited range.
 */
final class Bt601 {
  private static final double LUMA = 219.0 / 255;
  private static final double CHROMA = 224.0 / 255 / 2;
  private static final double RED = 0.299;
  private static final double GREEN = 0.587;
  private static final double BLUE = 0.114;

  /** Covers count to 255 and are divided by 256: the colour makes up for it. */
  private static final double WIDE = 256.0 / 255;

  /** Luma in 16 bits of fraction. */
  static final int Y_RED = luma(RED);

  static final int Y_GREEN = luma(GREEN);
  static final int Y_BLUE = luma(BLUE);
  static final int Y_BASE = (int) Math.round(16 * WIDE * (1 << 16)) + (1 << 7);
  static final int Y_SHIFT = 8;

  /** Chroma in 15 bits of fraction. */
  static final int U_RED = chroma(-RED / (1 - BLUE));

  static final int U_GREEN = chroma(-GREEN / (1 - BLUE));
  static final int U_BLUE = chroma(1);
  static final int V_RED = chroma(1);
  static final int V_GREEN = chroma(-GREEN / (1 - RED));
  static final int V_BLUE = chroma(-BLUE / (1 - RED));
  static final int UV_MIDDLE = (int) Math.round(128.0 / 255 * (1 << 15));
  static final int UV_ROUND = 1 << 14;
  static final int UV_SHIFT = 15;

  /** A cover has 7 bits of fraction before it is rounded. */
  static final int COVER_BITS = 7;

  static final int COVER_ROUND = 1 << (COVER_BITS - 1);

  /** A colour of 8.8 bits times a cover of 8.7 bits, of 256ths. */
  static final int VALUE_SHIFT = 23;

  static final int VALUE_ROUND = 1 << (VALUE_SHIFT - 1);

  /** What the middle value below loses by the rounding of the cover, in the same unit. */
  static final int MIDDLE = 1 << 15;

  private Bt601() {}

  private static int luma(double weight) {
    return (int) Math.round(weight * LUMA * WIDE * (1 << 16));
  }

  private static int chroma(double weight) {
    return (int) Math.round(weight * CHROMA * WIDE * (1 << UV_SHIFT));
  }

  /** The premultiplied value of 8 bits that belongs to a rounded cover. */
  static int value(int product, int cover, int rounded) {
    int lost = cover - (rounded << COVER_BITS);
    return Math.min(rounded, product - lost * MIDDLE + VALUE_ROUND >>> VALUE_SHIFT);
  }

  /** A cover of 8 bits from one with fraction. */
  static int rounded(int cover) {
    return cover + COVER_ROUND >>> COVER_BITS;
  }
}
