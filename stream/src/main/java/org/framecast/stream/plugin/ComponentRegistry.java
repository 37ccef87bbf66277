package org.framecast.stream.plugin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.framecast.stream.flow.ComponentKind;
import org.framecast.stream.flow.ComponentProvider;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.flow.SinkProvider;
import org.framecast.stream.flow.SourceProvider;

/**
 * The components that a stream can be built from: sources, layers, compositors, sinks.
 *
 * <p><b>Thread:</b> any; immutable.
 */
public final class ComponentRegistry {
  private final Map<ComponentKind, Map<String, ComponentProvider<?, ?>>> kinds;

  private ComponentRegistry(Map<ComponentKind, Map<String, ComponentProvider<?, ?>>> kinds) {
    this.kinds = kinds;
  }

  /** What code registers. Two of one kind and name are refused. */
  public static ComponentRegistry of(List<? extends ComponentProvider<?, ?>> providers) {
    Map<ComponentKind, Map<String, ComponentProvider<?, ?>>> kinds =
        new EnumMap<>(ComponentKind.class);
    for (ComponentProvider<?, ?> provider : providers) {
      OptionSchema.of(provider.optionsType());
      ComponentKind kind = kindOf(provider);
      if (kinds.computeIfAbsent(kind, k -> new TreeMap<>()).put(provider.name(), provider)
          != null) {
        throw new IllegalArgumentException(
            "two components of the kind " + kind.word() + " are named " + provider.name());
      }
    }
    return new ComponentRegistry(kinds);
  }

  private static ComponentKind kindOf(ComponentProvider<?, ?> provider) {
    for (ComponentKind kind : ComponentKind.values()) {
      if (kind.provider().isInstance(provider)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(provider.getClass().getName() + " is of no known kind");
  }

  /** What {@code ServiceLoader} finds with that class loader. */
  public static ComponentRegistry load(ClassLoader loader) {
    List<ComponentProvider<?, ?>> found = new ArrayList<>();
    for (ComponentKind kind : ComponentKind.values()) {
      for (ComponentProvider<?, ?> provider : ServiceLoader.load(kind.provider(), loader)) {
        found.add(provider);
      }
    }
    return of(found);
  }

  /** This registry and one more component. */
  public ComponentRegistry with(ComponentProvider<?, ?> provider) {
    List<ComponentProvider<?, ?>> all = new ArrayList<>();
    kinds.values().forEach(byName -> all.addAll(byName.values()));
    all.add(provider);
    return of(all);
  }

  /** All of one kind, by name; layers in the order in which they run. */
  public List<ComponentProvider<?, ?>> all(ComponentKind kind) {
    return kind == ComponentKind.LAYER
        ? List.copyOf(layers())
        : List.copyOf(kinds.getOrDefault(kind, Map.of()).values());
  }

  /** One of a kind, by its name. */
  public Optional<ComponentProvider<?, ?>> find(ComponentKind kind, String name) {
    return Optional.ofNullable(kinds.getOrDefault(kind, Map.of()).get(name));
  }

  /** The layers in the order in which they run. */
  public List<LayerProvider<?>> layers() {
    List<LayerProvider<?>> layers = new ArrayList<>();
    for (ComponentProvider<?, ?> provider :
        kinds.getOrDefault(ComponentKind.LAYER, Map.of()).values()) {
      if (provider instanceof LayerProvider<?> layer) {
        layers.add(layer);
      }
    }
    layers.sort(
        Comparator.<LayerProvider<?>>comparingInt(LayerProvider::order)
            .thenComparing(LayerProvider::name));
    return layers;
  }

  public Optional<LayerProvider<?>> layer(String name) {
    return find(ComponentKind.LAYER, name).map(provider -> (LayerProvider<?>) provider);
  }

  public Optional<SourceProvider<?>> source(String name) {
    return find(ComponentKind.SOURCE, name).map(provider -> (SourceProvider<?>) provider);
  }

  public Optional<SinkProvider<?>> sink(String name) {
    return find(ComponentKind.SINK, name).map(provider -> (SinkProvider<?>) provider);
  }

  /** What the one who chooses is told about each layer, in the order in which they run. */
  public List<LayerDescription> describe() {
    return layers().stream().map(ComponentRegistry::describe).toList();
  }

  /** What the one who chooses is told about each of a kind, as {@link #all} has them. */
  public List<ComponentDescription> describe(ComponentKind kind) {
    return all(kind).stream()
        .map(
            provider ->
                new ComponentDescription(
                    kind,
                    provider.name(),
                    provider.title(),
                    provider.description(),
                    OptionSchema.of(provider.optionsType())))
        .toList();
  }

  private static LayerDescription describe(LayerProvider<?> provider) {
    return new LayerDescription(
        provider.name(),
        provider.title(),
        provider.description(),
        provider.needs(),
        OptionSchema.of(provider.optionsType()));
  }
}
