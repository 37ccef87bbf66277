package org.framecast.stream.layer;

import java.util.Set;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.LayerProvider;

/** Makes {@link BoxesLayer}s. */
public final class BoxesLayerProvider implements LayerProvider<BoxesOptions> {
  static final String NAME = "boxes";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Boxes";
  }

  @Override
  public String description() {
    return "Draws a box with a label around everything that was detected.";
  }

  @Override
  public Class<BoxesOptions> optionsType() {
    return BoxesOptions.class;
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.DETECTIONS);
  }

  @Override
  public int order() {
    return 400;
  }

  @Override
  public Layer create(BoxesOptions options, ComponentContext context) {
    return new BoxesLayer(options);
  }
}
