package org.framecast.stream.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.framecast.stream.media.StillImage;

/**
 * A still image as Y, U, V and alpha of full size, and halved again and again, so that drawing it
 * small does not skip pixels.
 *
 * <p><b>Thread:</b> any; immutable.
 */
final class YuvaImage {
  /** Sources are halved until they are no larger: boxes in a picture seldom are. */
  private static final int MAX_SIDE = 1024;

  private static final int MIN_SIDE = 8;
  private static final Map<StillImage, YuvaImage> CONVERTED =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final List<Level> levels;

  private YuvaImage(List<Level> levels) {
    this.levels = List.copyOf(levels);
  }

  /** Converts an image, once for as long as somebody holds it. */
  static YuvaImage of(StillImage image) {
    return CONVERTED.computeIfAbsent(image, YuvaImage::convert);
  }

  /** The smallest level that has at least so many pixels across, or the largest of all. */
  Level levelFor(double width) {
    Level best = levels.getFirst();
    for (Level level : levels) {
      if (level.width() >= width) {
        best = level;
      }
    }
    return best;
  }

  private static YuvaImage convert(StillImage image) {
    Level level = full(image);
    while (Math.max(level.width(), level.height()) > MAX_SIDE) {
      level = level.halved();
    }
    List<Level> levels = new ArrayList<>();
    levels.add(level);
    while (Math.min(level.width(), level.height()) >= 2 * MIN_SIDE) {
      level = level.halved();
      levels.add(level);
    }
    return new YuvaImage(levels);
  }

  private static Level full(StillImage image) {
    int pixels = image.width() * image.height();
    Level level =
        new Level(
            image.width(),
            image.height(),
            new byte[pixels],
            new byte[pixels],
            new byte[pixels],
            new byte[pixels]);
    for (int i = 0; i < pixels; i++) {
      int argb = image.argb()[i];
      int r = argb >> 16 & 0xFF;
      int g = argb >> 8 & 0xFF;
      int b = argb & 0xFF;
      level.y()[i] = (byte) Ink.lumaOf(r, g, b);
      level.u()[i] = (byte) Ink.blueOf(r, g, b);
      level.v()[i] = (byte) Ink.redOf(r, g, b);
      level.a()[i] = (byte) (argb >>> 24);
    }
    return level;
  }

  /** The image at one size, four planes without padding. */
  @SuppressWarnings("ArrayRecordComponent") // private to this package and never changed
  record Level(int width, int height, byte[] y, byte[] u, byte[] v, byte[] a) {
    Level halved() {
      int w = Math.max(1, width / 2);
      int h = Math.max(1, height / 2);
      return new Level(w, h, halved(y, w, h), halved(u, w, h), halved(v, w, h), halved(a, w, h));
    }

    /** The plane by its number in I420. */
    byte[] plane(int index) {
      return index == 0 ? y : index == 1 ? u : v;
    }

    private byte[] halved(byte[] plane, int w, int h) {
      byte[] half = new byte[w * h];
      for (int row = 0; row < h; row++) {
        for (int column = 0; column < w; column++) {
          int at = Math.min(2 * row, height - 1) * width + Math.min(2 * column, width - 1);
          int right = 2 * column + 1 < width ? 1 : 0;
          int below = 2 * row + 1 < height ? width : 0;
          int sum =
              (plane[at] & 0xFF)
                  + (plane[at + right] & 0xFF)
                  + (plane[at + below] & 0xFF)
                  + (plane[at + right + below] & 0xFF);
          half[row * w + column] = (byte) (sum + 2 >> 2);
        }
      }
      return half;
    }
  }
}
