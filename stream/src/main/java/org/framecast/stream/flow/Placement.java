package org.framecast.stream.flow;

/**
 * Where a picture lies in the one below, and how large it is there. What reaches over the edges is
 * cut off.
 *
 * <p><b>Units and shapes:</b> pixels of the picture below, from its top left; shares count from 0
 * to 1.
 */
public sealed interface Placement {
  /** Largest factor by which a picture is enlarged. */
  double MAX_SCALE = 64;

  /** Smallest factor by which it is made small. */
  double MIN_SCALE = 1.0 / 1024;

  /** In its own size, from the top left. */
  Placement FILL = new At(0, 0, 1);

  /** The factor from the picture's own pixels to those below. */
  double scale(int width, int belowWidth);

  /** Its left edge, once it is {@code width} wide in pixels below. */
  int left(int width, int belowWidth);

  /** Its upper edge, once it is {@code height} high in pixels below. */
  int top(int height, int belowHeight);

  /** At a point, which may lie outside. */
  record At(int x, int y, double scale) implements Placement {
    public At {
      check(scale);
    }

    @Override
    public double scale(int width, int belowWidth) {
      return scale;
    }

    @Override
    public int left(int width, int belowWidth) {
      return x;
    }

    @Override
    public int top(int height, int belowHeight) {
      return y;
    }
  }

  /**
   * By shares of the room that it leaves: 0 is left or top, 0.5 the middle, 1 right or bottom.
   *
   * @param scale from the picture's own pixels
   */
  record Aligned(double across, double down, double scale) implements Placement {
    public Aligned {
      share(across);
      share(down);
      check(scale);
    }

    @Override
    public double scale(int width, int belowWidth) {
      return scale;
    }

    @Override
    public int left(int width, int belowWidth) {
      return part(across, belowWidth - width);
    }

    @Override
    public int top(int height, int belowHeight) {
      return part(down, belowHeight - height);
    }
  }

  /**
   * As {@link Aligned}, but as wide as a share of the picture below.
   *
   * @param width a share
   */
  record Fitted(double across, double down, double width) implements Placement {
    public Fitted {
      share(across);
      share(down);
      if (!(width > 0 && width <= 1)) {
        throw new IllegalArgumentException("a width of " + width);
      }
    }

    @Override
    public double scale(int pictureWidth, int belowWidth) {
      return Math.clamp(width * belowWidth / pictureWidth, MIN_SCALE, MAX_SCALE);
    }

    @Override
    public int left(int pictureWidth, int belowWidth) {
      return part(across, belowWidth - pictureWidth);
    }

    @Override
    public int top(int height, int belowHeight) {
      return part(down, belowHeight - height);
    }
  }

  private static int part(double share, int room) {
    return (int) Math.round(share * room);
  }

  private static void share(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("a share of " + value);
    }
  }

  private static void check(double scale) {
    if (!(scale >= MIN_SCALE && scale <= MAX_SCALE)) {
      throw new IllegalArgumentException("a scale of " + scale);
    }
  }
}
