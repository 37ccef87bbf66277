package org.framecast.stream.flow;

import org.framecast.stream.media.AccessUnit;

/**
 * Takes access units in decoding order.
 *
 * <p><b>Thread:</b> one caller at a time.
 *
 * <p><b>Ownership:</b> the unit is lent for the call; a sink that keeps it {@linkplain
 * AccessUnit#hold() holds} it.
 */
@FunctionalInterface
public interface AccessUnitSink {
  void deliver(AccessUnit unit);
}
