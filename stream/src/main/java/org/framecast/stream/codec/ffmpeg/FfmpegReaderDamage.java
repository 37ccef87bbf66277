package org.framecast.stream.codec.ffmpeg;

import org.framecast.stream.media.MediaException;
import org.jspecify.annotations.Nullable;

/**
 * What was found broken in a file, kept until everything that is whole was given.
 *
 * <p><b>Thread:</b> its reader's.
 */
final class FfmpegReaderDamage {
  private @Nullable String first;
  private int count;

  /** Remembers a fault. */
  void note(String fault) {
    if (first == null) {
      first = fault;
    }
    count++;
  }

  boolean any() {
    return count > 0;
  }

  /** Forgets all. */
  void clear() {
    first = null;
    count = 0;
  }

  /** Throws MALFORMED if there was a fault. */
  void throwIfAny() {
    if (count > 0) {
      throw new MediaException(
          MediaException.Code.MALFORMED,
          count == 1 ? String.valueOf(first) : first + ", and " + (count - 1) + " more faults");
    }
  }
}
