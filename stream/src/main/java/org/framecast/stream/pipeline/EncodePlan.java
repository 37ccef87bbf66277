package org.framecast.stream.pipeline;

import org.framecast.stream.media.Rendition;

/**
 * One encode of a stream.
 *
 * @param name of its thread
 * @param rendition what its units are delivered as
 */
record EncodePlan(String name, Rendition rendition, EncodeSettings settings) {
  EncodePlan {
    if (rendition.codec() != settings.codec()) {
      throw new IllegalArgumentException(rendition + " in " + settings.codec());
    }
  }
}
