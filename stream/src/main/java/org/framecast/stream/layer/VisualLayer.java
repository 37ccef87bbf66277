package org.framecast.stream.layer;

import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.Placement;
import org.framecast.stream.flow.VisualSource;
import org.framecast.stream.layer.overlay.VisualPainter;
import org.framecast.stream.media.TimestampedFrame;

/** Lays one visual over the picture. What does not change is prepared once. */
public final class VisualLayer implements Layer {
  private final String name;
  private final VisualPainter painter;
  private final Placement placement;
  private final double opacity;

  /**
   * @param opacity 0 to 1
   */
  public VisualLayer(String name, VisualSource source, Placement placement, double opacity) {
    this.name = name;
    this.painter = new VisualPainter(source);
    this.placement = placement;
    this.opacity = opacity;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void process(TimestampedFrame frame) {
    if (opacity > 0) {
      painter.lay(frame.pixels(), frame, placement, opacity);
    }
  }
}
