package org.framecast.stream.inference;

/** Turns a row of Y, U and V into red, green and blue from 0 to 1. */
interface RowColour {
  /**
   * <b>Units and shapes:</b> BT.601 limited range, values times {@link #UNIT}; the arrays may be
   * longer than {@code width} and are written and read no further than their length.
   */
  void convert(int[] y, int[] u, int[] v, float[][] rgb, int width);

  /** What the resampled values are multiplied by: two weights of 64ths. */
  int UNIT = ResampleTable.ONE * ResampleTable.ONE;

  /** Source: ITU-R BT.601-7, limited range to full range. */
  float LUMA = (float) (255.0 / 219 / 255 / UNIT);

  float RED_V = (float) (1.402 * 255 / 224 / 255 / UNIT);
  float GREEN_U = (float) (-0.344136 * 255 / 224 / 255 / UNIT);
  float GREEN_V = (float) (-0.714136 * 255 / 224 / 255 / UNIT);
  float BLUE_U = (float) (1.772 * 255 / 224 / 255 / UNIT);
  int BLACK = 16 * UNIT;
  int NEUTRAL = 128 * UNIT;
}
