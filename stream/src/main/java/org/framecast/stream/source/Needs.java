package org.framecast.stream.source;

import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.media.MediaException;

/** What a source cannot do without. */
final class Needs {
  private Needs() {}

  /**
   * The resource of that type.
   *
   * @throws MediaException with OPTIONS when whoever makes the source has none
   */
  static <T> T of(ComponentContext context, Class<T> type) {
    return context
        .find(type)
        .orElseThrow(
            () ->
                new MediaException(
                    MediaException.Code.OPTIONS, "there is no " + type.getSimpleName() + " here"));
  }
}
