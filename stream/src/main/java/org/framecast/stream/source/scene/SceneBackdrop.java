package org.framecast.stream.source.scene;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.QuadCurve2D;
import java.awt.geom.Rectangle2D;

/** Paints what is behind the objects of a scene, and the bars that hide parts of them. */
final class SceneBackdrop {

  private SceneBackdrop() {}

  static void paint(Graphics2D graphics, int width, int height, int clutter, SceneRandom random) {
    Color one = SceneColours.any(random);
    Color two = random.chance(0.5) ? SceneColours.any(random) : SceneColours.darker(one, 0.7);
    graphics.setPaint(
        new GradientPaint(
            (float) random.between(0, width),
            0,
            one,
            (float) random.between(0, width),
            height,
            two));
    graphics.fill(new Rectangle2D.Double(0, 0, width, height));
    for (int i = 0; i < clutter; i++) {
      switch (random.whole(0, 3)) {
        case 0 -> blob(graphics, width, height, one, random);
        case 1 -> curve(graphics, width, height, random);
        default ->
            bar(graphics, random.between(0, width), random.between(0, height), width, random);
      }
    }
  }

  /** A quiet backdrop in dark blue and grey with soft patches, for scenes that move. */
  static void calm(Graphics2D graphics, int width, int height, int patches, SceneRandom random) {
    Color deep = new Color(0x1E2A3A);
    graphics.setPaint(new GradientPaint(0, 0, new Color(0x3C4F66), width, height, deep));
    graphics.fill(new Rectangle2D.Double(0, 0, width, height));
    for (int i = 0; i < patches; i++) {
      blob(graphics, width, height, new Color(0x2E3D50), random);
    }
  }

  /** A long thin bar, which nobody takes for a square. */
  static void bar(Graphics2D graphics, double x, double y, double scale, SceneRandom random) {
    double length = random.between(0.15, 0.6) * scale;
    bar(graphics, x, y, length, length / random.between(5, 20), random);
  }

  static void bar(
      Graphics2D graphics, double x, double y, double length, double thick, SceneRandom random) {
    double turn = random.between(0, StrictMath.PI);
    double sin = StrictMath.sin(turn);
    double cos = StrictMath.cos(turn);
    graphics.setColor(SceneColours.any(random));
    graphics.fill(
        new AffineTransform(cos, sin, -sin, cos, x, y)
            .createTransformedShape(
                new Rectangle2D.Double(-length / 2, -thick / 2, length, thick)));
  }

  private static void curve(Graphics2D graphics, int width, int height, SceneRandom random) {
    graphics.setColor(SceneColours.any(random));
    graphics.setStroke(new BasicStroke((float) random.between(1, width / 80.0)));
    graphics.draw(
        new QuadCurve2D.Double(
            random.between(0, width),
            random.between(0, height),
            random.between(0, width),
            random.between(0, height),
            random.between(0, width),
            random.between(0, height)));
  }

  /** A soft patch of a colour near the backdrop's own: uneven light, not an object. */
  private static void blob(
      Graphics2D graphics, int width, int height, Color near, SceneRandom random) {
    double x = random.between(0, width);
    double y = random.between(0, height);
    double reach = random.between(0.16, 0.4) * width;
    int corners = random.whole(5, 8);
    double[] radius = new double[corners];
    for (int i = 0; i < corners; i++) {
      radius[i] = reach * random.between(0.35, 1);
    }
    Path2D path = new Path2D.Double();
    for (int i = 0; i <= corners; i++) {
      double from = corner(radius, i);
      double to = corner(radius, i + 1);
      double a = 2 * StrictMath.PI * i / corners;
      double b = 2 * StrictMath.PI * (i + 1) / corners;
      double midX = x + (from * StrictMath.cos(a) + to * StrictMath.cos(b)) / 2;
      double midY = y + (from * StrictMath.sin(a) + to * StrictMath.sin(b)) / 2;
      if (i == 0) {
        path.moveTo(midX, midY);
      } else {
        path.quadTo(x + from * StrictMath.cos(a), y + from * StrictMath.sin(a), midX, midY);
      }
    }
    Color tint = SceneColours.darker(near, random.between(0.8, 1.25));
    graphics.setColor(tint);
    graphics.fill(path);
  }

  private static double corner(double[] radius, int i) {
    return radius[i % radius.length];
  }
}
