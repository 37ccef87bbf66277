package org.framecast.stream.codec;

import java.util.function.Consumer;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.TimestampedFrame;

/**
 * Decodes access units of one codec, in decoding order, to I420.
 *
 * <p>It begins at a keyframe. After a unit that is broken, or a {@linkplain #gap() gap}, it passes
 * over what depends on what is not there, until the next keyframe: it never shows half a picture.
 * Its owner asks the sender for a keyframe as long as {@link #needsKeyframe()}.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Ownership:</b> the unit is lent for the call; a decoder that reads it later holds its data,
 * at the latest until it is closed. Each picture is the consumer's, which closes it; no other holds
 * it, so it may be drawn on.
 *
 * <p><b>Units:</b> a picture's number is that of its unit, counted from 0 over all units that were
 * given; its capture time is the PTS of its unit.
 *
 * <p><b>Throws:</b> {@link org.framecast.stream.media.MediaException} with MALFORMED for bytes that
 * are no such unit, SIZE_LIMIT for a picture that is too large; POOL_EXHAUSTED when there is no
 * room for a picture, which is lost alone. The decoder can be used after each of them.
 */
public interface VideoDecoder extends AutoCloseable {
  /** Decodes one unit; its picture, if it has one, is delivered before this returns. */
  void decode(AccessUnit unit, Consumer<TimestampedFrame> sink);

  /** Says that units are missing before the next one. */
  void gap();

  /** Whether nothing but a keyframe can be decoded now. */
  boolean needsKeyframe();

  VideoDecoderSettings settings();

  /** Idempotent. */
  @Override
  void close();
}
