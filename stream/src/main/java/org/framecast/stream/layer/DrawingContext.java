package org.framecast.stream.layer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a drawing knows of the frame that it is drawn on.
 *
 * @param timeNanos the frame's place on the time line of its stream
 * @param width of the canvas in pixels
 * @param height of the canvas in pixels
 * @param variables the layer's own, by name
 */
public record DrawingContext(
    long frameNumber, long timeNanos, int width, int height, Map<String, Object> variables) {

  /** The time in seconds. */
  public double seconds() {
    return timeNanos / 1e9;
  }

  /** A variable of the layer; null when it has none of that name. */
  public @Nullable Object variable(String name) {
    return variables.get(name);
  }
}
