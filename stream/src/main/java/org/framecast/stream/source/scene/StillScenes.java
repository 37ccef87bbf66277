package org.framecast.stream.source.scene;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Random still scenes for training and evaluation: up to seven objects among clutter, partly
 * hidden, blurred and noisy. A scene is known by its seed and index.
 *
 * <p><b>Thread</b>: one thread at a time; buffers are reused.
 *
 * <p><b>Units and shapes</b>: square pictures, BGR, 8 bits, no padding. About half of them are wide
 * pictures between grey bars, as a letterbox makes them.
 */
public final class StillScenes {

  /** The grey of the bars around a picture that is not square. */
  static final int BAR_GREY = 114;

  private static final double[] HEIGHT_SHARES = {1, 1, 0.75, 0.5625, 0.5625};
  private static final int PLACING_TRIES = 24;
  private static final double MOST_COVERED = 0.3;

  private final int size;
  private final BufferedImage image;
  private final int[] pixels;
  private final SceneOptics optics;
  private final List<Rectangle2D> taken = new ArrayList<>();

  /**
   * @param size the width and height of the pictures in pixels, an even number
   */
  public StillScenes(int size) {
    if (size < 64 || size % 2 != 0) {
      throw new IllegalArgumentException("size must be even and 64 or more: " + size);
    }
    this.size = size;
    this.image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    this.pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    this.optics = new SceneOptics(size, size);
  }

  /** The bytes of one picture. */
  public int sizeBytes() {
    return size * size * 3;
  }

  /**
   * Renders one scene.
   *
   * <p><b>Ownership</b>: both arguments stay the caller's; {@code truth} is emptied first.
   */
  public void render(long seed, long index, byte[] bgr, List<TruthBox> truth) {
    SceneRandom random = SceneRandom.of(seed, index);
    truth.clear();
    taken.clear();
    int height = (int) (size * HEIGHT_SHARES[random.whole(0, HEIGHT_SHARES.length - 1)]) & ~1;
    int top = ((size - height) / 2) & ~1;
    Graphics2D graphics = image.createGraphics();
    try {
      prepare(graphics);
      graphics.setClip(0, top, size, height);
      graphics.translate(0, top);
      SceneBackdrop.paint(graphics, size, height, random.whole(2, 14), random);
      int count = random.whole(1, 7);
      for (int i = 0; i < count; i++) {
        addObject(graphics, top, height, random, truth);
      }
    } finally {
      graphics.dispose();
    }
    finish(bgr, random, top, height);
  }

  static void prepare(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  private void addObject(
      Graphics2D graphics, int top, int height, SceneRandom random, List<TruthBox> truth) {
    SceneClass[] kinds = SceneClass.values();
    SceneClass kind = kinds[random.whole(0, kinds.length - 1)];
    for (int i = 0; i < PLACING_TRIES; i++) {
      SceneObject.Placement placement = placement(kind, height, random);
      SceneObject object = new SceneObject(kind, placement, look(kind, placement, top, random));
      Rectangle2D whole = object.bounds();
      Rectangle2D seen = whole.createIntersection(new Rectangle2D.Double(0, 0, size, height));
      if (area(seen) >= 0.75 * area(whole) && coversLittle(seen)) {
        object.paint(graphics);
        taken.add(seen);
        truth.add(
            new TruthBox(kind, seen.getX(), seen.getY() + top, seen.getWidth(), seen.getHeight()));
        if (random.chance(0.2)) {
          hidePart(graphics, seen, random);
        }
        return;
      }
    }
  }

  private SceneObject.Placement placement(SceneClass kind, int height, SceneRandom random) {
    double smallest = 0.075 * size;
    double largest = 0.5 * height;
    double across = smallest * StrictMath.pow(largest / smallest, random.unit());
    double turn =
        switch (kind) {
          case CIRCLE, TRIANGLE, STAR -> random.between(-StrictMath.PI, StrictMath.PI);
          case SQUARE -> random.between(-0.5, 0.5);
          case FACE -> random.between(-0.4, 0.4);
        };
    return new SceneObject.Placement(
        random.between(0, size),
        random.between(0, height),
        across,
        random.between(0.87, 1.15),
        turn);
  }

  private SceneObject.Look look(
      SceneClass kind, SceneObject.Placement placement, int top, SceneRandom random) {
    Color behind = colourAt(placement.x(), placement.y() + top);
    Color fill =
        kind == SceneClass.FACE
            ? SceneColours.skin(random)
            : SceneColours.apartFrom(behind, 110, random);
    Color shade = random.chance(0.4) ? SceneColours.darker(fill, random.between(0.7, 1.25)) : fill;
    boolean lined = random.chance(0.4);
    Color line = random.chance(0.5) ? SceneColours.darker(fill, 0.4) : SceneColours.any(random);
    double lineShare = lined ? random.between(0.02, 0.06) : 0;
    return new SceneObject.Look(fill, shade, line, lineShare, random.whole(0, 255));
  }

  private Color colourAt(double x, double y) {
    int column = Math.clamp((long) x, 0, size - 1);
    int row = Math.clamp((long) y, 0, size - 1);
    return new Color(pixels[row * size + column]);
  }

  private boolean coversLittle(Rectangle2D seen) {
    for (Rectangle2D other : taken) {
      double shared = area(seen.createIntersection(other));
      if (shared > MOST_COVERED * StrictMath.min(area(seen), area(other))) {
        return false;
      }
    }
    return true;
  }

  private void hidePart(Graphics2D graphics, Rectangle2D seen, SceneRandom random) {
    double side = StrictMath.min(seen.getWidth(), seen.getHeight());
    double x = random.between(seen.getMinX(), seen.getMaxX());
    double y = random.between(seen.getMinY(), seen.getMaxY());
    double thick = StrictMath.min(side * random.between(0.08, 0.22), 0.05 * size);
    SceneBackdrop.bar(graphics, x, y, thick * random.between(5, 12), thick, random);
  }

  private static double area(Rectangle2D box) {
    return box.isEmpty() ? 0 : box.getWidth() * box.getHeight();
  }

  private void finish(byte[] bgr, SceneRandom random, int top, int height) {
    int sharpness = random.whole(0, 9);
    optics.blur(pixels, sharpness < 5 ? 0 : sharpness < 8 ? 1 : 3);
    int gain256 = random.whole(190, 280);
    double deviation = random.chance(0.3) ? 0 : random.between(1, 12);
    optics.develop(pixels, bgr, gain256, deviation, random);
    Arrays.fill(bgr, 0, top * size * 3, (byte) BAR_GREY);
    Arrays.fill(bgr, (top + height) * size * 3, bgr.length, (byte) BAR_GREY);
  }
}
