package org.framecast.stream.codec;

import java.util.function.Consumer;
import org.framecast.stream.media.AudioFrame;

/**
 * Encodes PCM for a track of a file. The times of its units are the times of decoding: the first
 * lies before the first block by the delay that {@link #format} names.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Ownership:</b> the block is lent for the call; units are lent to the sink.
 *
 * <p><b>Throws:</b> {@link org.framecast.stream.media.MediaException} with CODEC_FAILED.
 */
public interface SoundTrackEncoder extends AutoCloseable {
  /** What the track will say of itself. */
  TrackFormat.Sound format();

  /** Encodes a block of any length; a gap in the times of more than 100 ms becomes silence. */
  void encode(AudioFrame block, Consumer<TrackUnit> sink);

  /** Delivers what is still inside; nothing can be encoded after that. */
  void flush(Consumer<TrackUnit> sink);

  /** Idempotent. */
  @Override
  void close();
}
