package org.framecast.stream.source.pattern;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.source.scene.SceneI420;

/**
 * A test card: a grid and a border show that nothing is cut off or bent, a circle that the picture
 * is not stretched, steps of grey and colours that levels are right, and lines of one to four
 * pixels what is left of sharpness.
 *
 * <p><b>Units and shapes:</b> the grid is twelve squares wide, with the picture's centre at a
 * crossing.
 */
final class TestCard {
  private static final Color GROUND = new Color(0x606060);
  private static final Color LINES = new Color(0xE0E0E0);
  private static final int[] COLOURS = {0xFFFF00, 0x00FFFF, 0x00FF00, 0xFF00FF, 0xFF0000, 0x0000FF};
  private static final int GREYS = 6;
  private static final int COLUMNS = 12;
  private static final int WIDEST_LINE = 4;

  private final int width;
  private final int height;
  private final int cell;
  private final Graphics2D graphics;

  private TestCard(Graphics2D graphics, int width, int height) {
    this.graphics = graphics;
    this.width = width;
    this.height = height;
    this.cell = Math.max(2, width / COLUMNS);
  }

  static void paint(VideoFrame frame) {
    int width = frame.width();
    int height = frame.height();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      TestCard card = new TestCard(graphics, width, height);
      card.grid();
      card.steps();
      card.fineLines();
      card.circle();
    } finally {
      graphics.dispose();
    }
    SceneI420.write(((DataBufferInt) image.getRaster().getDataBuffer()).getData(), frame);
  }

  private void grid() {
    graphics.setColor(GROUND);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(LINES);
    for (int x = width / 2 % cell; x < width; x += cell) {
      graphics.fillRect(x, 0, 1, height);
    }
    for (int y = height / 2 % cell; y < height; y += cell) {
      graphics.fillRect(0, y, width, 1);
    }
    graphics.setColor(Color.WHITE);
    graphics.drawRect(0, 0, width - 1, height - 1);
  }

  /** Greys above the centre, colours below it. */
  private void steps() {
    int left = width / 2 - GREYS * cell / 2;
    int tall = Math.max(2, height / 8);
    for (int i = 0; i < GREYS; i++) {
      int level = 255 * i / (GREYS - 1);
      graphics.setColor(new Color(level, level, level));
      graphics.fillRect(left + i * cell, height / 4 - tall / 2, cell, tall);
      graphics.setColor(new Color(COLOURS[i]));
      graphics.fillRect(left + i * cell, height * 3 / 4 - tall / 2, cell, tall);
    }
  }

  /** Upright lines of one to four pixels, with gaps as wide, at the right edge's middle. */
  private void fineLines() {
    int tall = Math.max(2, height / 16);
    int left = width - 2 * cell;
    for (int line = 1; line <= WIDEST_LINE; line++) {
      int top = height / 2 + (line - 3) * tall;
      graphics.setColor(Color.BLACK);
      graphics.fillRect(left, top, cell, tall);
      graphics.setColor(Color.WHITE);
      for (int x = left; x + line <= left + cell; x += 2 * line) {
        graphics.fillRect(x, top, line, tall);
      }
    }
  }

  private void circle() {
    double radius = Math.min(width, height) * 0.46;
    graphics.setColor(Color.WHITE);
    graphics.setStroke(new BasicStroke(Math.max(1, height / 240f)));
    graphics.draw(
        new Ellipse2D.Double(width / 2.0 - radius, height / 2.0 - radius, 2 * radius, 2 * radius));
  }
}
