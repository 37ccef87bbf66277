package org.framecast.stream.layer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.LayerProvider;

/** Makes {@link AnonymiseLayer}s. */
public final class AnonymiseLayerProvider implements LayerProvider<AnonymiseOptions> {
  static final String NAME = "anonymise";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Anonymise";
  }

  @Override
  public String description() {
    return "Hides what was detected; hides the whole picture when nobody looked at it.";
  }

  @Override
  public Class<AnonymiseOptions> optionsType() {
    return AnonymiseOptions.class;
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.DETECTIONS);
  }

  @Override
  public int order() {
    return 200;
  }

  @Override
  public Layer create(AnonymiseOptions options, ComponentContext context) {
    return new AnonymiseLayer(
        options,
        Arrays.stream(options.classes().split(","))
            .map(label -> label.strip().toLowerCase(Locale.ROOT))
            .filter(label -> !label.isEmpty())
            .collect(Collectors.toSet()));
  }
}
