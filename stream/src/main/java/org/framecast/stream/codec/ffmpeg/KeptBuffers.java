package org.framecast.stream.codec.ffmpeg;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.framecast.stream.media.MediaBuffer;

/**
 * Buffers that a decoder has not let go of: the filter in front of the VP9 decoder keeps a unit
 * until the next one comes. They must not be lent to others as long.
 *
 * <p><b>Thread:</b> its decoder's.
 */
final class KeptBuffers implements AutoCloseable {
  private final List<MediaBuffer> kept = new ArrayList<>(2);

  /** Holds the buffer that was just decoded, if it has to be, and lets go of those before. */
  void after(MediaBuffer latest) {
    for (Iterator<MediaBuffer> all = kept.iterator(); all.hasNext(); ) {
      MediaBuffer buffer = all.next();
      if (buffer != latest && isFree(buffer)) {
        all.remove();
        buffer.close();
      }
    }
    if (!kept.contains(latest) && !isFree(latest)) {
      kept.add(latest.hold());
    }
  }

  private static boolean isFree(MediaBuffer buffer) {
    return WrappedBuffer.of(buffer).references() == 1;
  }

  /** Lets go of all; the decoder is closed. */
  @Override
  public void close() {
    kept.forEach(MediaBuffer::close);
    kept.clear();
  }
}
