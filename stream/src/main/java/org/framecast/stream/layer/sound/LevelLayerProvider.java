package org.framecast.stream.layer.sound;

import org.framecast.stream.flow.AudioLayer;
import org.framecast.stream.flow.AudioLayerProvider;
import org.framecast.stream.flow.ComponentContext;

/** Makes {@link LevelLayer}s. */
public final class LevelLayerProvider implements AudioLayerProvider<LevelOptions> {
  static final String NAME = "level";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Level";
  }

  @Override
  public String description() {
    return "Measures how loud the sound is: root mean square and peak.";
  }

  @Override
  public Class<LevelOptions> optionsType() {
    return LevelOptions.class;
  }

  @Override
  public AudioLayer create(LevelOptions options, ComponentContext context) {
    return new LevelLayer(options, context.find(LevelListener.class).orElse(level -> {}));
  }
}
