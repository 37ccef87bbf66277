package org.framecast.stream.flow;

import org.jspecify.annotations.Nullable;

/** Closes what a queue or a loop holds; the media values throw no checked exception. */
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
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Closes each, also when one before it fails; then throws the first failure with the others. */
  static void closeAll(AutoCloseable[] items) {
    RuntimeException failure = null;
    for (AutoCloseable item : items) {
      try {
        close(item);
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
