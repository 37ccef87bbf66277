package org.framecast.model;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.framecast.stream.flow.ComponentContext;

/**
 * What the layers of all streams use together, such as the detector.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Ownership:</b> whoever puts something in closes it.
 */
@Singleton
public class SharedComponents implements ComponentContext {
  private final Map<Class<?>, Object> components = new ConcurrentHashMap<>();

  /** Makes a component known by its type. */
  public <T> void put(Class<T> type, T component) {
    components.put(type, component);
  }

  @Override
  public <T> Optional<T> find(Class<T> type) {
    return Optional.ofNullable(type.cast(components.get(type)));
  }
}
