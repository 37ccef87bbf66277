package org.framecast.stream.codec;

import org.framecast.stream.media.VideoFrame;

/**
 * Scales and converts pictures.
 *
 * <p><b>Thread:</b> one at a time; it keeps its tables for the pair of shapes last seen.
 */
public interface FrameConverter extends AutoCloseable {
  /** Fills {@code target} with {@code source}, scaled and converted as the two shapes differ. */
  void convert(VideoFrame source, VideoFrame target);

  /** Idempotent. */
  @Override
  void close();
}
