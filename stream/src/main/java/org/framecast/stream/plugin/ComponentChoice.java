package org.framecast.stream.plugin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A component by the name of its kind, with the options that were said; the others have their
 * defaults.
 *
 * @param options {@link Number}, {@link Boolean} or {@link String} by option name
 */
public record ComponentChoice(String kind, Map<String, Object> options) {
  public ComponentChoice {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }
}
