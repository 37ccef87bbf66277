package org.framecast.stream.flow;

import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Rendition;

/**
 * Takes the access units of several renditions, each in decoding order.
 *
 * <p><b>Thread:</b> one caller at a time for each rendition.
 *
 * <p><b>Ownership:</b> the unit is lent for the call; a sink that keeps it {@linkplain
 * AccessUnit#hold() holds} it.
 */
@FunctionalInterface
public interface RenditionSink {
  void deliver(Rendition rendition, AccessUnit unit);
}
