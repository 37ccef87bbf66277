package org.framecast.stream.inference;

/** Plain Java; gives the same bits as {@link VectorRowColour}. */
final class ScalarRowColour implements RowColour {

  @Override
  public void convert(int[] y, int[] u, int[] v, float[][] rgb, int width) {
    convert(y, u, v, rgb, 0, width);
  }

  static void convert(int[] y, int[] u, int[] v, float[][] rgb, int from, int width) {
    float[] red = rgb[0];
    float[] green = rgb[1];
    float[] blue = rgb[2];
    for (int i = from; i < width; i++) {
      float light = (y[i] - BLACK) * LUMA;
      float blueness = u[i] - NEUTRAL;
      float redness = v[i] - NEUTRAL;
      red[i] = clipped(light + redness * RED_V);
      green[i] = clipped(light + blueness * GREEN_U + redness * GREEN_V);
      blue[i] = clipped(light + blueness * BLUE_U);
    }
  }

  private static float clipped(float value) {
    return Math.max(0f, Math.min(1f, value));
  }
}
