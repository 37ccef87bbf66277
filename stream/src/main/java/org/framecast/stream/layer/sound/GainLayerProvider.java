package org.framecast.stream.layer.sound;

import org.framecast.stream.flow.AudioLayer;
import org.framecast.stream.flow.AudioLayerProvider;
import org.framecast.stream.flow.ComponentContext;

/** Makes {@link GainLayer}s. */
public final class GainLayerProvider implements AudioLayerProvider<GainOptions> {
  static final String NAME = "gain";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Gain";
  }

  @Override
  public String description() {
    return "Makes sound louder or softer.";
  }

  @Override
  public Class<GainOptions> optionsType() {
    return GainOptions.class;
  }

  @Override
  public AudioLayer create(GainOptions options, ComponentContext context) {
    return new GainLayer(options);
  }
}
