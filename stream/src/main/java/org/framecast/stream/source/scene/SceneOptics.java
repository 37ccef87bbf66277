package org.framecast.stream.source.scene;

/**
 * What a camera does to a picture: blur, exposure, noise, and colour at half resolution.
 *
 * <p><b>Thread</b>: one thread at a time; the scratch buffer is reused.
 *
 * <p><b>Units and shapes</b>: pixels are {@code 0xRRGGBB}, row after row.
 */
final class SceneOptics {

  private static final int NOISE_STEPS = 256;

  private final int width;
  private final int height;
  private final int[] scratch;
  private final int[] noise = new int[NOISE_STEPS];

  SceneOptics(int width, int height) {
    this.width = width;
    this.height = height;
    this.scratch = new int[width * height];
  }

  /** A 3 x 3 binomial blur, applied as often as said. */
  void blur(int[] pixels, int times) {
    for (int i = 0; i < times; i++) {
      blurLines(pixels, scratch, width, 1, height, width);
      blurLines(scratch, pixels, height, width, width, 1);
    }
  }

  private static void blurLines(
      int[] from, int[] to, int length, int step, int lines, int lineStep) {
    for (int line = 0; line < lines; line++) {
      int at = line * lineStep;
      int before = from[at];
      int here = before;
      for (int i = 0; i < length; i++) {
        int after = i + 1 < length ? from[at + step] : here;
        int redBlue = (before & 0xFF00FF) + 2 * (here & 0xFF00FF) + (after & 0xFF00FF) + 0x020002;
        int green = (before & 0x00FF00) + 2 * (here & 0x00FF00) + (after & 0x00FF00) + 0x000200;
        to[at] = ((redBlue >> 2) & 0xFF00FF) | ((green >> 2) & 0x00FF00);
        before = here;
        here = after;
        at += step;
      }
    }
  }

  /**
   * Writes the picture as BGR bytes with gain and noise on its brightness and with one colour for
   * each block of 2 x 2 pixels, as 4:2:0 video has it.
   *
   * @param gain256 the contrast in 256ths
   * @param deviation the standard deviation of the noise, in steps of 255
   */
  void develop(int[] pixels, byte[] bgr, int gain256, double deviation, SceneRandom random) {
    fillNoise(deviation);
    long bits = 0;
    int left = 0;
    for (int y = 0; y < height; y += 2) {
      for (int x = 0; x < width; x += 2) {
        if (left == 0) {
          bits = random.nextLong();
          left = 2;
        }
        block(pixels, bgr, y * width + x, gain256, (int) bits);
        bits >>>= 32;
        left--;
      }
    }
  }

  private void block(int[] pixels, byte[] bgr, int at, int gain256, int bits) {
    int a = pixels[at];
    int b = pixels[at + 1];
    int c = pixels[at + width];
    int d = pixels[at + width + 1];
    int red = sum(a, b, c, d, 16);
    int green = sum(a, b, c, d, 8);
    int blue = sum(a, b, c, d, 0);
    int mean = (red * 77 + green * 150 + blue * 29 + 512) >> 10;
    red = ((red + 2) >> 2) - mean;
    green = ((green + 2) >> 2) - mean;
    blue = ((blue + 2) >> 2) - mean;
    put(bgr, at, light(a, gain256, bits), red, green, blue);
    put(bgr, at + 1, light(b, gain256, bits >>> 8), red, green, blue);
    put(bgr, at + width, light(c, gain256, bits >>> 16), red, green, blue);
    put(bgr, at + width + 1, light(d, gain256, bits >>> 24), red, green, blue);
  }

  private static int sum(int a, int b, int c, int d, int shift) {
    return (a >> shift & 255) + (b >> shift & 255) + (c >> shift & 255) + (d >> shift & 255);
  }

  private int light(int pixel, int gain256, int bits) {
    int luma = ((pixel >> 16 & 255) * 77 + (pixel >> 8 & 255) * 150 + (pixel & 255) * 29) >> 8;
    return (((luma - 128) * gain256) >> 8) + 128 + noise[bits & (NOISE_STEPS - 1)];
  }

  private static void put(byte[] bgr, int pixel, int luma, int red, int green, int blue) {
    int at = pixel * 3;
    bgr[at] = clipped(luma + blue);
    bgr[at + 1] = clipped(luma + green);
    bgr[at + 2] = clipped(luma + red);
  }

  private static byte clipped(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }

  /** The noise values at equal steps of the normal distribution, by the logistic approximation. */
  private void fillNoise(double deviation) {
    for (int i = 0; i < NOISE_STEPS; i++) {
      double p = (i + 0.5) / NOISE_STEPS;
      noise[i] =
          (int)
              StrictMath.rint(
                  deviation * StrictMath.log(p / (1 - p)) * StrictMath.sqrt(3) / StrictMath.PI);
    }
  }
}
