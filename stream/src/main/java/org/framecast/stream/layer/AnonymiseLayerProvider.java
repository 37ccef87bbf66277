package org.framecast.stream.layer;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.inference.Detector;

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
    return "Hides the classes named here, whatever Detect is told to find; hides the whole picture when"
        + " nobody looked at it. It can hide only what the model knows: the one that comes with the"
        + " server knows drawn faces, not real ones.";
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
    Set<String> classes =
        ClassNames.parse(options.classes()).stream()
            .map(AnonymiseLayerProvider::plain)
            .collect(Collectors.toSet());
    // A class that nobody finds would hide nothing: a slip of the pen must not show a face.
    context
        .find(Detector.class)
        .map(detector -> detector.labels().stream().map(AnonymiseLayerProvider::plain).toList())
        .ifPresent(known -> ClassNames.check(classes, known));
    return new AnonymiseLayer(options, classes);
  }

  private static String plain(String label) {
    return label.strip().toLowerCase(Locale.ROOT);
  }
}
