package org.framecast.stream.flow;

/**
 * Tells whoever runs the program what only a component knows, such as the address that it listens
 * at.
 *
 * <p><b>Thread:</b> any.
 */
@FunctionalInterface
public interface Announcer {
  /** Says it, in one line. */
  void announce(String what);
}
