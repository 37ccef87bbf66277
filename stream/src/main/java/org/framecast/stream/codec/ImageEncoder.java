package org.framecast.stream.codec;

import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.VideoFrame;

/**
 * Encodes single JPEG images.
 *
 * <p><b>Thread:</b> one at a time.
 */
public interface ImageEncoder extends AutoCloseable {
  /**
   * Encodes an I420 picture.
   *
   * <p><b>Ownership:</b> the frame is lent; the buffer is the caller's.
   *
   * @param quality 1 (small) to 100 (best)
   */
  MediaBuffer encode(VideoFrame frame, int quality, BufferPool pool);

  /** Idempotent. */
  @Override
  void close();
}
