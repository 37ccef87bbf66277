package org.framecast.stream.layer;

import java.awt.Graphics2D;
import org.framecast.stream.flow.VisualSource;

/**
 * Java code that draws on a picture. It is part of the program, never of what somebody sent.
 *
 * <p><b>Thread:</b> several worker threads at a time, each with a canvas of its own.
 */
@FunctionalInterface
public interface Drawing {
  /**
   * Draws on a transparent canvas of the size that the context says.
   *
   * <p><b>Throws:</b> whatever it throws leaves the canvas transparent, and is counted and told.
   *
   * @param canvas lent for the call
   */
  void draw(Graphics2D canvas, DrawingContext context);

  /** As {@link VisualSource#version}: while it is equal, the drawing is not drawn again. */
  default Object version(DrawingContext context) {
    return VisualSource.LIVE;
  }

  /**
   * A drawing that depends on nothing but the size and the variables: it is drawn once and kept.
   */
  static Drawing still(Drawing drawing) {
    return new Drawing() {
      @Override
      public void draw(Graphics2D canvas, DrawingContext context) {
        drawing.draw(canvas, context);
      }

      @Override
      public Object version(DrawingContext context) {
        return context.variables();
      }
    };
  }
}
