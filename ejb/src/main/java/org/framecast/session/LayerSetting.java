package org.framecast.session;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One enabled layer with the options that its session chose.
 *
 * @param options values are {@link Number}, {@link Boolean} or {@link String}; what is not named
 *     has its default
 */
public record LayerSetting(String name, Map<String, Object> options) {
  public LayerSetting {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }
}
