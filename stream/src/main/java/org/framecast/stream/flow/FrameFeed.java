package org.framecast.stream.flow;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Where a loop takes its next item from: a queue, a file, any iterator.
 *
 * <p><b>Thread:</b> one caller at a time, not always the same.
 *
 * <p><b>Ownership:</b> the item is the caller's.
 */
@FunctionalInterface
public interface FrameFeed<T> {
  /**
   * Waits for the next item.
   *
   * @return null at the end; it is asked no more after that
   * @throws InterruptedException when the loop is stopped while it waits
   */
  @Nullable T next() throws InterruptedException;

  /** Takes what the iterator has, in its order. */
  static <T> FrameFeed<T> of(Iterator<? extends T> items) {
    return () -> items.hasNext() ? items.next() : null;
  }
}
