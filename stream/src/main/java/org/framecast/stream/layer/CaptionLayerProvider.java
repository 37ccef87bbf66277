package org.framecast.stream.layer;

import java.util.Set;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.LayerProvider;

/** Makes {@link CaptionLayer}s. */
public final class CaptionLayerProvider implements LayerProvider<CaptionOptions> {
  static final String NAME = "caption";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Caption";
  }

  @Override
  public String description() {
    return "Writes a line of text on the picture.";
  }

  @Override
  public Class<CaptionOptions> optionsType() {
    return CaptionOptions.class;
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public int order() {
    return 410;
  }

  @Override
  public Layer create(CaptionOptions options, ComponentContext context) {
    return new CaptionLayer(options);
  }
}
