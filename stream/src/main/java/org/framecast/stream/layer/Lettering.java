package org.framecast.stream.layer;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;

/**
 * How letters of one size are drawn: by the machine's fonts, or, where it has none, by dots.
 *
 * <p><b>Thread:</b> any.
 */
interface Lettering {
  int width(String line);

  int lineHeight();

  /** Draws a line whose upper left corner is there, in the canvas's colour. */
  void draw(Graphics2D canvas, String line, int x, int y);

  /** Letters that are about {@code size} pixels high with what hangs below. */
  static Lettering of(int size) {
    try {
      return new Fonts(new Font(Font.SANS_SERIF, Font.BOLD, size));
    } catch (RuntimeException | Error e) {
      // Without fonts or a font configuration Java2D fails in several ways, all of them here.
      return new Dots(Math.max(1, size / BitmapFont.CELL_HEIGHT));
    }
  }

  /** Letters of a font of the machine. */
  final class Fonts implements Lettering {
    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    private final Font font;
    private final LineMetrics metrics;

    Fonts(Font font) {
      this.font = font;
      metrics = font.getLineMetrics("Ág", CONTEXT);
    }

    @Override
    public int width(String line) {
      return (int) Math.ceil(font.getStringBounds(line, CONTEXT).getWidth());
    }

    @Override
    public int lineHeight() {
      return (int) Math.ceil(metrics.getHeight());
    }

    @Override
    public void draw(Graphics2D canvas, String line, int x, int y) {
      canvas.setFont(font);
      canvas.drawString(line, x, y + metrics.getAscent());
    }
  }

  /** Letters of dots, each so many pixels wide. */
  record Dots(int size) implements Lettering {
    @Override
    public int width(String line) {
      return BitmapFont.drawable(line).length() * BitmapFont.CELL_WIDTH * size;
    }

    @Override
    public int lineHeight() {
      return BitmapFont.CELL_HEIGHT * size;
    }

    @Override
    public void draw(Graphics2D canvas, String line, int x, int y) {
      String text = BitmapFont.drawable(line);
      for (int i = 0; i < text.length(); i++) {
        glyph(canvas, BitmapFont.glyph(text.charAt(i)), x + i * BitmapFont.CELL_WIDTH * size, y);
      }
    }

    private void glyph(Graphics2D canvas, long glyph, int x, int y) {
      for (int row = 0; row < BitmapFont.GLYPH_HEIGHT; row++) {
        for (int column = 0; column < BitmapFont.GLYPH_WIDTH; column++) {
          if (BitmapFont.dot(glyph, column, row)) {
            canvas.fillRect(x + column * size, y + (row + 1) * size, size, size);
          }
        }
      }
    }
  }
}
