package org.framecast.stream.codec;

import java.util.function.Consumer;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;

/**
 * Decodes Opus to float32, stereo, 48 kHz: each packet to one block of its length, 2.5 to 120 ms.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Ownership:</b> the unit is lent for the call; the block is the consumer's, which closes it.
 *
 * <p><b>Throws:</b> {@link org.framecast.stream.media.MediaException} with MALFORMED for bytes that
 * are no Opus packet; POOL_EXHAUSTED when there is no room for the block. The decoder can be used
 * after both.
 */
public interface AudioDecoder extends AutoCloseable {
  /** Decodes one unit; the block's PTS is the unit's. */
  void decode(AccessUnit unit, Consumer<AudioFrame> sink);

  /** Idempotent. */
  @Override
  void close();
}
