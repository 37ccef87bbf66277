package org.framecast.stream.codec;

import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.StillImage;
import org.framecast.stream.media.VideoFrame;

/**
 * Decodes JPEG, PNG and WebP files.
 *
 * <p><b>Thread:</b> one at a time; each worker has its own.
 *
 * <p><b>Throws:</b> {@link org.framecast.stream.media.MediaException} with MALFORMED for bytes that
 * are no whole image.
 */
public interface ImageDecoder extends AutoCloseable {
  /**
   * Decodes to I420, limited range, in a frame of {@code pool}. Alpha is laid over black.
   *
   * <p><b>Ownership:</b> the file is lent; the frame is the caller's.
   *
   * @param info what the header of the same bytes said; a decoder that finds another size throws
   *     MALFORMED
   */
  VideoFrame decode(MediaBuffer file, ImageInfo info, FramePool pool);

  /** Decodes to straight ARGB on the heap, for images that stay. */
  StillImage decodeStill(MediaBuffer file, ImageInfo info);

  /** Idempotent. */
  @Override
  void close();
}
