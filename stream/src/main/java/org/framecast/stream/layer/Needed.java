package org.framecast.stream.layer;

import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaException;

/** What a kind cannot do without. */
final class Needed {
  private Needed() {}

  static FramePool frames(String layer, ComponentContext context) {
    return of(layer, FramePool.class, context);
  }

  static <T> T of(String layer, Class<T> type, ComponentContext context) {
    return context
        .find(type)
        .orElseThrow(
            () ->
                new MediaException(
                    MediaException.Code.OPTIONS,
                    "layer " + layer + " needs a " + type.getSimpleName()));
  }
}
