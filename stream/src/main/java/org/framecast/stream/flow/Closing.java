package org.framecast.stream.flow;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Closes what something holds, whatever some of it throws. */
public final class Closing {
  private Closing() {}

  /**
   * Closes it if there is something.
   *
   * <p><b>Throws:</b> what its close throws; a checked exception comes as {@link
   * IllegalStateException}.
   */
  public static void close(@Nullable AutoCloseable item) {
    if (item == null) {
      return;
    }
    try {
      item.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while closing", e);
    } catch (Exception e) {
      throw new IllegalStateException("a part did not close", e);
    }
  }

  /** Closes all, as {@link #each} does. */
  public static void closeAll(Iterable<? extends AutoCloseable> items) {
    each(items, Closing::close);
  }

  /**
   * Does the same to each, also when it fails for one before; then throws the first failure, which
   * carries the others as suppressed.
   */
  public static <T> void each(Iterable<T> items, Consumer<? super T> action) {
    RuntimeException failure = null;
    for (T item : items) {
      try {
        action.accept(item);
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
