package org.framecast.live;

import java.util.Optional;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.pipeline.LayerChain;
import org.framecast.stream.webrtc.FanOut;

/**
 * A running stream as its publisher sees it.
 *
 * <p><b>Thread:</b> matter from one thread at a time; the rest from any.
 *
 * <p><b>Ownership:</b> buffers are lent for the call; who keeps one holds it.
 */
interface LiveStream extends AutoCloseable {
  /** Where this stream's messages are put; counted against its share of memory. */
  BufferPool buffers();

  void acceptImage(MediaBuffer file, ImageInfo info, long arrivalNanos);

  /** Takes interleaved stereo float32 samples at 48 kHz. */
  void acceptAudio(MediaBuffer pcm, long arrivalNanos);

  /** A message found no room and was dropped. */
  void overflow();

  /** What its layers may take memory from. */
  StreamPools pools();

  /** From the next frame on, these layers work. */
  void chain(LayerChain chain);

  /** Where its viewers are, if it can have any. */
  Optional<FanOut> fanOut();

  /** Where sinks beside the viewers can be added, if its pictures are at hand here. */
  default Optional<Recordable> recordable() {
    return Optional.empty();
  }

  /** The numbers of the last second. */
  StreamStats stats();

  /** Frees everything. Idempotent. */
  @Override
  void close();
}
