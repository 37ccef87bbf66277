package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.framecast.problem.Problem;
import org.framecast.problem.ProblemException;
import org.framecast.session.LayerSetting;
import org.framecast.session.SessionState;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.inference.Detector;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.pipeline.LayerChain;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.LayerChains;
import org.framecast.stream.plugin.LayerChoice;
import org.framecast.stream.plugin.LayerDescription;
import org.framecast.stream.plugin.OptionSchema;

/**
 * The kinds of layers that there are here, and what sessions make of them.
 *
 * <p><b>Thread:</b> any; it never changes.
 */
@Singleton
public class LayerCatalog {
  private static final Pattern PLAIN_NAME = Pattern.compile("\\w{1,40}");

  private final ComponentRegistry registry;
  private final ComponentContext shared;

  /**
   * @param shared what all streams use together; a detector in it knows the names of classes
   */
  @Inject
  public LayerCatalog(ComponentRegistry registry, ComponentContext shared) {
    this.registry = registry;
    this.shared = shared;
  }

  /** In the usual order of a chain. */
  public List<LayerDescription> descriptions() {
    List<String> labels = shared.find(Detector.class).map(Detector::labels).orElse(List.of());
    return registry.describe().stream()
        .map(
            layer ->
                new LayerDescription(
                    layer.name(),
                    layer.title(),
                    layer.description(),
                    layer.needs(),
                    layer.options().knowing(labels)))
        .toList();
  }

  /** A kind's usual place in a chain: lower runs first. */
  public int order(String name) {
    return registry.layer(name).map(LayerProvider::order).orElse(0);
  }

  /**
   * Checks layers and options against what there is.
   *
   * @return the same state with the defaults of what it does not say
   * @throws ProblemException with 422 that names the part and what holds for it
   */
  SessionState check(SessionState state) {
    List<LayerSetting> filled = new ArrayList<>();
    for (LayerSetting layer : state.layers()) {
      LayerProvider<?> kind = kind(layer, filled.size());
      if (kind.needs().contains(LayerProvider.Need.COMPOSITOR)) {
        throw invalid(
            Problem.pointer("layers", filled.size(), "name"),
            "The layer "
                + kind.name()
                + " needs a compositor, which streams of documents alone can have.");
      }
      try {
        LayerChains.check(registry, List.of(choice(layer)));
      } catch (MediaException e) {
        throw invalid(filled.size(), e);
      }
      filled.add(
          new LayerSetting(
              layer.name(), OptionSchema.of(kind.optionsType()).filled(layer.options())));
    }
    return new SessionState(state.sourceId(), filled);
  }

  private LayerProvider<?> kind(LayerSetting layer, int place) {
    return registry
        .layer(layer.name())
        .orElseThrow(
            () ->
                invalid(
                    Problem.pointer("layers", place, "name"),
                    "No layer has this name; there are "
                        + registry.layers().stream()
                            .filter(other -> !other.needs().contains(LayerProvider.Need.COMPOSITOR))
                            .map(LayerProvider::name)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  /** Whether a layer of this state cannot work without a source image. */
  boolean needsSource(SessionState state) {
    return LayerChains.needsSource(registry, choices(state));
  }

  /**
   * Makes the chain of a state.
   *
   * @throws MediaException when something that a layer needs is missing
   */
  LayerChain create(SessionState state, ComponentContext context) {
    return LayerChains.build(registry, choices(state), context);
  }

  private static List<LayerChoice> choices(SessionState state) {
    return state.layers().stream().map(LayerCatalog::choice).toList();
  }

  private static LayerChoice choice(LayerSetting layer) {
    return new LayerChoice(layer.name(), layer.options());
  }

  /** The refusal of a state whose chain could not be made. */
  static ProblemException invalid(MediaException fault) {
    if (fault instanceof OptionException wrong && wrong.place() >= 0) {
      return invalid(wrong.place(), wrong);
    }
    return invalid("/layers", "The layers cannot be made with these options here.");
  }

  private static ProblemException invalid(int place, MediaException fault) {
    if (!(fault instanceof OptionException wrong)) {
      return invalid(Problem.pointer("layers", place), "These options do not fit together.");
    }
    // The name of an option that is not known is the caller's text: a plain one may go back.
    String named =
        PLAIN_NAME.matcher(wrong.option()).matches()
            ? "The option " + wrong.option()
            : "One option";
    return invalid(
        Problem.pointer("layers", place, "options", wrong.option()),
        named + " of " + wrong.layer() + " " + wrong.rule() + ".");
  }

  /** A state that cannot be. */
  static ProblemException invalid(String at, String detail) {
    return Problem.of("state-invalid", 422, "The value cannot be used", detail)
        .at(at)
        .asException();
  }
}
