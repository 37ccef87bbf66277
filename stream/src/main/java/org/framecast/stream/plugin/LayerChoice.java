package org.framecast.stream.plugin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A layer by name, with the options that were said; the others have their defaults.
 *
 * @param options {@link Number}, {@link Boolean} or {@link String} by option name
 */
public record LayerChoice(String name, Map<String, Object> options) {
  public LayerChoice {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** With all options by default. */
  public static LayerChoice of(String name) {
    return new LayerChoice(name, Map.of());
  }
}
