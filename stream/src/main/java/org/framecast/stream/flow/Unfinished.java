package org.framecast.stream.flow;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The parts of something that is being made: closed again, the last first, unless all of it was
 * made. For use in a try with resources, so that what closing throws is suppressed by what kept it
 * from being made.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Ownership:</b> owns what was added until {@link #finished()}; after that whoever holds the
 * whole does.
 */
public final class Unfinished implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Adds a part that was just made. */
  public <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  /** All is made. */
  public void finished() {
    parts.clear();
  }

  @Override
  public void close() {
    Closing.closeAll(parts);
    parts.clear();
  }
}
