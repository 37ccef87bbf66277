package org.framecast.stream.plugin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.flow.LayerProvider.Need;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.StillImage;
import org.framecast.stream.pipeline.LayerChain;

/**
 * Builds chains of layers from names and options.
 *
 * <p><b>Throws:</b> {@link MediaException} with OPTIONS; where an option is wrong an {@link
 * OptionException} that names it and its layer.
 */
public final class LayerChains {
  /** The layer that is added when a chosen one needs detections and nobody detects. */
  public static final String DETECTOR = "detect";

  /** Layers that a chain may have. */
  public static final int MAX_LAYERS = 16;

  /** Layers of an order from the first to below the second detect. */
  private static final int DETECTING_FROM = 100;

  private static final int DETECTING_BELOW = 200;

  /** The place of a layer that nobody chose. */
  private static final int ADDED = -1;

  private LayerChains() {}

  /**
   * Builds a chain: sorted by the kinds' order, with a detector where one is needed.
   *
   * @param context holds a {@link StillImage} when a source is selected
   */
  public static LayerChain build(
      ComponentRegistry registry, List<LayerChoice> choices, ComponentContext context) {
    List<Step<?>> steps = steps(registry, choices);
    boolean hasSource = context.find(StillImage.class).isPresent();
    List<Layer> layers = new ArrayList<>();
    for (Step<?> step : steps) {
      if (step.provider().needs().contains(Need.SOURCE) && !hasSource) {
        throw wrong("layer " + step.provider().name() + " needs a source image");
      }
      layers.add(step.create(context));
    }
    return LayerChain.of(layers);
  }

  /** Checks names and options as {@link #build} does, and creates nothing. */
  public static void check(ComponentRegistry registry, List<LayerChoice> choices) {
    steps(registry, choices);
  }

  /** Whether one of the layers works only with a source image; unknown names need none. */
  public static boolean needsSource(ComponentRegistry registry, List<LayerChoice> choices) {
    return choices.stream()
        .anyMatch(
            choice ->
                registry
                    .layer(choice.name())
                    .filter(provider -> needsSource(provider, choice))
                    .isPresent());
  }

  private static boolean needsSource(LayerProvider<?> provider, LayerChoice choice) {
    boolean file =
        choice.options().getOrDefault(LayerProvider.FILE_OPTION, "") instanceof String path
            && !path.isBlank();
    return provider.needs().contains(Need.SOURCE)
        || provider.needs().contains(Need.SOURCE_OR_FILE) && !file;
  }

  private static List<Step<?>> steps(ComponentRegistry registry, List<LayerChoice> choices) {
    if (choices.size() > MAX_LAYERS) {
      throw wrong("more than " + MAX_LAYERS + " layers");
    }
    List<Step<?>> steps = new ArrayList<>();
    for (LayerChoice choice : choices) {
      steps.add(step(provider(registry, choice.name()), choice, steps.size()));
    }
    boolean needed =
        steps.stream().anyMatch(step -> step.provider().needs().contains(Need.DETECTIONS));
    boolean there = steps.stream().anyMatch(step -> detects(step.provider()));
    if (needed && !there) {
      steps.add(step(provider(registry, DETECTOR), LayerChoice.of(DETECTOR), ADDED));
    }
    steps.sort(Comparator.comparingInt(step -> step.provider().order()));
    return steps;
  }

  private static boolean detects(LayerProvider<?> provider) {
    return provider.order() >= DETECTING_FROM && provider.order() < DETECTING_BELOW;
  }

  private static LayerProvider<?> provider(ComponentRegistry registry, String name) {
    return registry.layer(name).orElseThrow(() -> wrong("no layer has the name that was given"));
  }

  private static <O extends Record> Step<O> step(
      LayerProvider<O> provider, LayerChoice choice, int place) {
    try {
      O options = OptionBinder.bind(provider.optionsType(), choice.options());
      return new Step<>(provider, options, place);
    } catch (OptionException e) {
      throw e.of(provider.name(), place);
    }
  }

  private static MediaException wrong(String message) {
    return new MediaException(MediaException.Code.OPTIONS, message);
  }

  /**
   * A layer to be made.
   *
   * @param place among those that were chosen
   */
  private record Step<O extends Record>(LayerProvider<O> provider, O options, int place) {
    Layer create(ComponentContext context) {
      try {
        return provider.create(options, context);
      } catch (OptionException e) {
        throw e.of(provider.name(), place);
      }
    }
  }
}
