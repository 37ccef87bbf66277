package org.framecast.stream.codec;

import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.jspecify.annotations.Nullable;

/**
 * Reads a media file: pictures as I420, sound as blocks of 48 kHz stereo, in the order in which
 * they are shown and heard.
 *
 * <p>Damage costs the pictures that depend on it, and no other; half a picture is never given. When
 * all that is whole was given, the end of a damaged or truncated file is an exception.
 *
 * <p><b>Thread:</b> one at a time; {@link #stop} from any.
 *
 * <p><b>Ownership:</b> an item is the caller's; no other holds its memory.
 *
 * <p><b>Units:</b> the time line begins at the first picture, and at the first sound where there is
 * no picture or the sound begins clearly before it. Pictures are numbered as they are given, from
 * 0; a seek does not begin anew.
 */
public interface MediaReader extends AutoCloseable {
  MediaInfo info();

  /**
   * The next item, or null: at the end, after a stop, and when its pool has no room, which loses
   * nothing. {@link #ended} tells the first from the others.
   *
   * @throws org.framecast.stream.media.MediaException with MALFORMED at the end of a file that is
   *     damaged or cut off, SOURCE_FAILED when it cannot be read any more, SIZE_LIMIT for a picture
   *     that is too large; the reader is at its end then
   */
  @Nullable MediaItem read();

  /** Whether there is nothing more. */
  boolean ended();

  /**
   * Goes to the last picture whose PTS is not later, or to the first of all; sound goes on from
   * that picture's PTS, and where there is no picture from the time itself.
   *
   * @throws org.framecast.stream.media.MediaException with OPTIONS for a time that is negative or
   *     after the end; the reader has not moved then
   */
  void seek(long ptsNanos);

  /** Makes what is under way return soon, and everything after it at once. Idempotent. */
  void stop();

  /** Idempotent. */
  @Override
  void close();
}
