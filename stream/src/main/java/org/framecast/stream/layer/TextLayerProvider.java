package org.framecast.stream.layer;

import java.util.Set;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.flow.Placement;

/** Makes layers that write text. */
public final class TextLayerProvider implements LayerProvider<TextOptions> {
  static final String NAME = "text";
  private static final double PERCENT = 100;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Text";
  }

  @Override
  public String description() {
    return "Writes text on the picture; {time}, {frame} and others stand for what belongs to it.";
  }

  @Override
  public Class<TextOptions> optionsType() {
    return TextOptions.class;
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public int order() {
    return 430;
  }

  @Override
  public Layer create(TextOptions options, ComponentContext context) {
    TextVisual text = TextVisual.of(options, Needed.frames(NAME, context));
    return new VisualLayer(
        NAME,
        text,
        new Placement.Aligned(options.x() / PERCENT, options.y() / PERCENT, 1),
        options.opacity());
  }
}
