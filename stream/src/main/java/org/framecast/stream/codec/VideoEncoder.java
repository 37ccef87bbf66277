package org.framecast.stream.codec;

import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.media.VideoFrame;

/**
 * Encodes pictures of one size.
 *
 * <p><b>Thread:</b> one at a time; open, encode, flush and close may be on different threads in
 * turn.
 *
 * <p><b>Ownership:</b> the frame is lent for the call: nothing of it is in use when {@code encode}
 * returns. Access units are lent to the sink.
 *
 * <p><b>Throws:</b> {@link org.framecast.stream.media.MediaException} with CODEC_FAILED.
 */
public interface VideoEncoder extends AutoCloseable {
  /** Whether the picture must decode alone. */
  enum Keyframe {
    FORCE,
    AS_NEEDED
  }

  /**
   * Encodes one picture in I420.
   *
   * @param ptsNanos larger than that of the picture before
   */
  void encode(VideoFrame frame, long ptsNanos, Keyframe keyframe, AccessUnitSink sink);

  /** Delivers what is still inside; nothing can be encoded after that. */
  void flush(AccessUnitSink sink);

  VideoEncoderSettings settings();

  /** Idempotent. */
  @Override
  void close();
}
