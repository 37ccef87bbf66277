package org.framecast.stream.flow;

import java.util.Map;

/**
 * Opens another source for a component that needs one, by the name of its kind.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Ownership:</b> the caller closes it.
 */
@FunctionalInterface
public interface SourceOpener {
  /**
   * @param options by name, as from JSON
   * @throws org.framecast.stream.media.MediaException with OPTIONS for a kind or options that are
   *     not known, or not allowed here
   */
  StreamSource open(String kind, Map<String, ?> options);
}
