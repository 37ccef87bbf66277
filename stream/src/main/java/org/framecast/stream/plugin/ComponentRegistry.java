package org.framecast.stream.plugin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.framecast.stream.flow.LayerProvider;

/**
 * The kinds of layers that a stream can be built from.
 *
 * <p><b>Thread:</b> any; immutable.
 */
public final class ComponentRegistry {
  private final Map<String, LayerProvider<?>> layers;

  private ComponentRegistry(Map<String, LayerProvider<?>> layers) {
    this.layers = layers;
  }

  /** What code registers. Two of one name are refused. */
  public static ComponentRegistry of(List<? extends LayerProvider<?>> providers) {
    Map<String, LayerProvider<?>> byName = new TreeMap<>();
    for (LayerProvider<?> provider : providers) {
      OptionSchema.of(provider.optionsType());
      if (byName.put(provider.name(), provider) != null) {
        throw new IllegalArgumentException("two layers are named " + provider.name());
      }
    }
    return new ComponentRegistry(byName);
  }

  /** What {@code ServiceLoader} finds with that class loader. */
  public static ComponentRegistry load(ClassLoader loader) {
    List<LayerProvider<?>> found = new ArrayList<>();
    for (LayerProvider<?> provider : ServiceLoader.load(LayerProvider.class, loader)) {
      found.add(provider);
    }
    return of(found);
  }

  /** This registry and one more kind. */
  public ComponentRegistry with(LayerProvider<?> provider) {
    List<LayerProvider<?>> all = new ArrayList<>(layers.values());
    all.add(provider);
    return of(all);
  }

  /** The kinds in the order in which they run. */
  public List<LayerProvider<?>> layers() {
    return layers.values().stream()
        .sorted(
            Comparator.<LayerProvider<?>>comparingInt(LayerProvider::order)
                .thenComparing(LayerProvider::name))
        .toList();
  }

  public Optional<LayerProvider<?>> layer(String name) {
    return Optional.ofNullable(layers.get(name));
  }

  /** What the one who chooses is told about each kind, in the order in which they run. */
  public List<LayerDescription> describe() {
    return layers().stream().map(ComponentRegistry::describe).toList();
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
