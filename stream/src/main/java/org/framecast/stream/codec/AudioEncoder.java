package org.framecast.stream.codec;

import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.media.AudioFrame;

/**
 * Encodes PCM in blocks of 20 ms; blocks that come in any length are cut and joined. Their times
 * are believed: a gap between them stays one, and of an overlap the second half is left out.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Ownership:</b> the block is lent for the call, access units are lent to the sink.
 */
public interface AudioEncoder extends AutoCloseable {
  /**
   * Encodes a block.
   *
   * @return sample pairs of it that were left out, since sound of their time was there before
   */
  int encode(AudioFrame block, AccessUnitSink sink);

  /** Delivers what is still inside, the last block filled with silence. */
  void flush(AccessUnitSink sink);

  /** Idempotent. */
  @Override
  void close();
}
