package org.framecast.live;

import org.framecast.stream.media.StillImage;

/** Scales images that stay. */
final class StillImages {
  private StillImages() {}

  /** The image, scaled down by averaging where a side is longer than {@code maxSide}. */
  static StillImage fitting(StillImage image, int maxSide) {
    int longer = Math.max(image.width(), image.height());
    if (longer <= maxSide) {
      return image;
    }
    int width = Math.max(1, image.width() * maxSide / longer);
    int height = Math.max(1, image.height() * maxSide / longer);
    int[] scaled = new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        scaled[y * width + x] = average(image, x, y, width, height);
      }
    }
    return new StillImage(width, height, scaled);
  }

  private static int average(StillImage image, int x, int y, int width, int height) {
    int left = x * image.width() / width;
    int right = Math.max(left + 1, (x + 1) * image.width() / width);
    int top = y * image.height() / height;
    int bottom = Math.max(top + 1, (y + 1) * image.height() / height);
    long alpha = 0;
    long red = 0;
    long green = 0;
    long blue = 0;
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        int pixel = image.argb()[row * image.width() + column];
        int a = pixel >>> 24;
        alpha += a;
        red += (long) a * (pixel >> 16 & 0xFF);
        green += (long) a * (pixel >> 8 & 0xFF);
        blue += (long) a * (pixel & 0xFF);
      }
    }
    if (alpha == 0) {
      return 0;
    }
    int count = (right - left) * (bottom - top);
    return (int) (alpha / count) << 24
        | (int) (red / alpha) << 16
        | (int) (green / alpha) << 8
        | (int) (blue / alpha);
  }
}
