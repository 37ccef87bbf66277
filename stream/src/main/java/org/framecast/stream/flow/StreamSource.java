package org.framecast.stream.flow;

import java.util.Iterator;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.jspecify.annotations.Nullable;

/**
 * Makes pictures, sound, or both, for whoever asks for the next.
 *
 * <p>A live source waits until its next item is due; what nobody asked for in time is left out. A
 * source that reads gives one item after the other, as fast as it is asked, or in real time when
 * its options say so.
 *
 * <p><b>Thread:</b> one asks at a time; {@link #close} from any, and wakes the one who waits.
 *
 * <p><b>Ownership:</b> an item is the caller's. Whoever opens a source closes it.
 */
public interface StreamSource extends FrameFeed<MediaItem>, AutoCloseable {
  /** What it will give; the same before the first item and after the last. */
  MediaInfo info();

  /**
   * Waits for the next item, in the order of presentation for each kind.
   *
   * @return null at the end, and after a close
   * @throws InterruptedException when the thread is to stop
   * @throws org.framecast.stream.media.MediaException with MALFORMED, CODEC_FAILED, SOURCE_FAILED
   *     or POOL_EXHAUSTED; a source may be asked again after the last of these alone
   */
  @Override
  @Nullable MediaItem next() throws InterruptedException;

  /**
   * Its pictures alone; sound is passed over. An interruption ends the iteration, and stays set.
   *
   * <p><b>Ownership:</b> each frame is the caller's.
   */
  default Iterable<TimestampedFrame> frames() {
    return this::frameIterator;
  }

  private Iterator<TimestampedFrame> frameIterator() {
    return new FrameIterator(this);
  }

  /** Ends it and frees what it holds. Idempotent. */
  @Override
  void close();
}
