package org.framecast.session;

import java.util.List;
import java.util.Optional;

/**
 * What a session has selected: an immutable snapshot that is replaced as a whole.
 *
 * @param sourceId the selected source image
 * @param layers the enabled layers, in the order of the chain
 */
public record SessionState(Optional<String> sourceId, List<LayerSetting> layers) {
  public SessionState {
    layers = List.copyOf(layers);
  }

  /** Nothing selected: pictures pass as they come. */
  public static SessionState empty() {
    return new SessionState(Optional.empty(), List.of());
  }
}
