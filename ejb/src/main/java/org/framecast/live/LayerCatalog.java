package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.framecast.problem.Problem;
import org.framecast.problem.ProblemException;
import org.framecast.session.LayerSetting;
import org.framecast.session.SessionState;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.pipeline.LayerChain;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.LayerChains;
import org.framecast.stream.plugin.LayerChoice;
import org.framecast.stream.plugin.LayerDescription;

/**
 * The kinds of layers that there are here, and what sessions make of them.
 *
 * <p><b>Thread:</b> any; it never changes.
 */
@Singleton
public class LayerCatalog {
  private final ComponentRegistry registry;

  @Inject
  public LayerCatalog() {
    this(ComponentRegistry.load(LayerProvider.class.getClassLoader()));
  }

  LayerCatalog(ComponentRegistry registry) {
    this.registry = registry;
  }

  /** In the usual order of a chain. */
  public List<LayerDescription> descriptions() {
    return registry.describe();
  }

  /** A kind's usual place in a chain: lower runs first. */
  public int order(String name) {
    return registry.layer(name).map(LayerProvider::order).orElse(0);
  }

  /**
   * Checks layers and options against what there is.
   *
   * @throws ProblemException with 422
   */
  void check(SessionState state) {
    for (int i = 0; i < state.layers().size(); i++) {
      try {
        LayerChains.check(registry, List.of(choice(state.layers().get(i))));
      } catch (MediaException e) {
        throw invalid(
            "/layers/" + i,
            "The layer's name or an option does not fit the schemas in /components.");
      }
    }
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

  /** A state that cannot be. */
  static ProblemException invalid(String at, String detail) {
    return Problem.of("state-invalid", 422, "The value cannot be used", detail)
        .at(at)
        .asException();
  }
}
