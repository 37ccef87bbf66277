package org.framecast.stream.source.scene;

/**
 * Where an object of a scene truly is: the tight box around its outline, cut at the picture's edge.
 *
 * <p><b>Units and shapes</b>: pixels; {@code x} and {@code y} are the upper left corner.
 */
public record TruthBox(SceneClass kind, double x, double y, double w, double h) {

  /** The horizontal middle of the box, in pixels. */
  public double centreX() {
    return x + w / 2;
  }

  /** The vertical middle of the box, in pixels. */
  public double centreY() {
    return y + h / 2;
  }
}
