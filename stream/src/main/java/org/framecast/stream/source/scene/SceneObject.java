package org.framecast.stream.source.scene;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * One object as it is painted: what it is, where, how large, how it is turned and coloured.
 *
 * <p><b>Units and shapes</b>: {@code size} is the diameter in pixels of the circle in which the
 * object is drawn, {@code aspect} its width over its height, {@code turn} radians.
 */
record SceneObject(SceneClass kind, Placement placement, Look look) {

  /** Where an object is and how it is turned. */
  record Placement(double x, double y, double size, double aspect, double turn) {}

  /** How an object is coloured: two fill colours, an outline, and details drawn from a variant. */
  record Look(Color fill, Color shade, Color line, double lineShare, int variant) {}

  /** The same object elsewhere. */
  SceneObject at(Placement other) {
    return new SceneObject(kind, other, look);
  }

  private static final Shape CIRCLE = new Ellipse2D.Double(-0.5, -0.5, 1, 1);
  private static final Shape SQUARE = new Rectangle2D.Double(-0.42, -0.42, 0.84, 0.84);
  private static final Shape TRIANGLE = corners(3, 0.54, 0.54);
  private static final Shape STAR = corners(5, 0.54, 0.225);
  private static final Shape HEAD = new Ellipse2D.Double(-0.4, -0.5, 0.8, 1);
  private static final Shape HAIR = hair();
  private static final Shape LEFT_EYE = new Ellipse2D.Double(-0.24, -0.13, 0.16, 0.13);
  private static final Shape RIGHT_EYE = new Ellipse2D.Double(0.08, -0.13, 0.16, 0.13);
  private static final Shape LEFT_PUPIL = new Ellipse2D.Double(-0.195, -0.11, 0.075, 0.09);
  private static final Shape RIGHT_PUPIL = new Ellipse2D.Double(0.125, -0.11, 0.075, 0.09);
  private static final Shape NOSE = nose();
  private static final Shape MOUTH = mouth();

  void paint(Graphics2D graphics) {
    AffineTransform toPicture = toPicture();
    Shape body = toPicture.createTransformedShape(outline());
    graphics.setPaint(fillPaint());
    graphics.fill(body);
    if (kind == SceneClass.FACE) {
      paintFace(graphics, toPicture);
    }
    if (look.lineShare() > 0) {
      graphics.setColor(look.line());
      graphics.setStroke(
          new BasicStroke(
              (float) (look.lineShare() * placement.size()),
              BasicStroke.CAP_ROUND,
              BasicStroke.JOIN_ROUND));
      graphics.draw(body);
    }
  }

  /** The tight box of the outline with its line, not yet cut at the picture's edge. */
  Rectangle2D bounds() {
    Rectangle2D tight = toPicture().createTransformedShape(outline()).getBounds2D();
    double grow = look.lineShare() * placement.size() / 2;
    return new Rectangle2D.Double(
        tight.getX() - grow,
        tight.getY() - grow,
        tight.getWidth() + 2 * grow,
        tight.getHeight() + 2 * grow);
  }

  private Shape outline() {
    return switch (kind) {
      case CIRCLE -> CIRCLE;
      case SQUARE -> SQUARE;
      case TRIANGLE -> TRIANGLE;
      case STAR -> STAR;
      case FACE -> HEAD;
    };
  }

  private AffineTransform toPicture() {
    double sin = StrictMath.sin(placement.turn());
    double cos = StrictMath.cos(placement.turn());
    double stretch = StrictMath.sqrt(placement.aspect());
    double wide = placement.size() * stretch;
    double high = placement.size() / stretch;
    return new AffineTransform(
        cos * wide, sin * wide, -sin * high, cos * high, placement.x(), placement.y());
  }

  private Paint fillPaint() {
    if (look.fill().equals(look.shade())) {
      return look.fill();
    }
    float reach = (float) (placement.size() / 2);
    float x = (float) placement.x();
    float y = (float) placement.y();
    return new GradientPaint(x - reach, y - reach, look.fill(), x + reach, y + reach, look.shade());
  }

  private void paintFace(Graphics2D graphics, AffineTransform toPicture) {
    int variant = look.variant();
    if ((variant & 3) != 0) {
      fill(graphics, toPicture, HAIR, SceneColours.hair(variant >> 2));
    }
    fill(graphics, toPicture, LEFT_EYE, Color.WHITE);
    fill(graphics, toPicture, RIGHT_EYE, Color.WHITE);
    Color pupil = SceneColours.eye(variant >> 4);
    fill(graphics, toPicture, LEFT_PUPIL, pupil);
    fill(graphics, toPicture, RIGHT_PUPIL, pupil);
    fill(graphics, toPicture, NOSE, SceneColours.darker(look.fill(), 0.72));
    fill(graphics, toPicture, MOUTH, SceneColours.lips(variant >> 6));
  }

  private static void fill(Graphics2D graphics, AffineTransform to, Shape shape, Color colour) {
    graphics.setColor(colour);
    graphics.fill(to.createTransformedShape(shape));
  }

  /** A regular polygon or star: {@code points} outer corners with inner ones between them. */
  private static Shape corners(int points, double outer, double inner) {
    Path2D path = new Path2D.Double();
    int count = outer == inner ? points : points * 2;
    for (int i = 0; i < count; i++) {
      double radius = count == points || i % 2 == 0 ? outer : inner;
      double angle = 2 * StrictMath.PI * i / count - StrictMath.PI / 2;
      double x = radius * StrictMath.cos(angle);
      double y = radius * StrictMath.sin(angle);
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    return path;
  }

  private static Shape hair() {
    Path2D path = new Path2D.Double();
    path.moveTo(-0.385, -0.14);
    path.curveTo(-0.4, -0.62, 0.4, -0.62, 0.385, -0.14);
    path.curveTo(0.3, -0.3, 0.1, -0.3, 0, -0.28);
    path.curveTo(-0.1, -0.3, -0.3, -0.3, -0.385, -0.14);
    path.closePath();
    return path;
  }

  private static Shape nose() {
    Path2D path = new Path2D.Double();
    path.moveTo(0, -0.06);
    path.lineTo(0.06, 0.13);
    path.lineTo(-0.06, 0.13);
    path.closePath();
    return path;
  }

  private static Shape mouth() {
    Path2D path = new Path2D.Double();
    path.moveTo(-0.19, 0.22);
    path.curveTo(-0.08, 0.27, 0.08, 0.27, 0.19, 0.22);
    path.curveTo(0.1, 0.39, -0.1, 0.39, -0.19, 0.22);
    path.closePath();
    return path;
  }
}
