package org.framecast.stream.flow;

import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;

/**
 * Where a stream ends: a file, a window, viewers.
 *
 * <p>{@link #begin} comes first, then items, then {@link #finish} at the end of the source, then
 * {@link #close}. Without {@code finish} the stream was cut off: what was written stays usable
 * where the format allows it.
 *
 * <p><b>Thread:</b> one at a time, the sink's own loop; {@link #close} may come from another once
 * that has ended.
 *
 * <p><b>Ownership:</b> an item is lent for the call; a sink that keeps its memory holds it.
 *
 * <p><b>Throws:</b> a {@link org.framecast.stream.media.MediaException} of any call ends this sink
 * alone; the others go on.
 */
public interface StreamSink extends AutoCloseable {
  /** What to do when the sink is slower than its stream. */
  DeliveryPolicy delivery();

  /** Learns what will come; a picture's size may still change on the way. */
  void begin(MediaInfo info);

  void accept(MediaItem item) throws InterruptedException;

  /** The source has ended: what is kept inside goes out, and what was written is complete. */
  void finish() throws InterruptedException;

  /**
   * Items that it took and lost by a fault that it goes on after, as an encoder's.
   *
   * <p><b>Thread:</b> any, also after {@link #close}.
   */
  default long faults() {
    return 0;
  }

  /** Frees everything. Idempotent. */
  @Override
  void close();
}
