package org.framecast.stream.codec;

/**
 * Puts the units of tracks into a file.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Ownership:</b> units are lent for the call; nothing of them is in use when it returns.
 *
 * <p><b>Throws:</b> {@link org.framecast.stream.media.MediaException} with SINK_FAILED when the
 * target takes no more.
 */
public interface Muxer extends AutoCloseable {
  /**
   * Appends a unit; those of one track in the order of decoding, tracks about in step.
   *
   * @param track its place in the settings' list
   */
  void write(int track, TrackUnit unit);

  /** Makes all that was written so far readable: it is in the target, as a fragment or cluster. */
  void flush();

  /** Writes what a complete file ends with. */
  void finish();

  /** Frees everything; without {@link #finish} the target has what was flushed. Idempotent. */
  @Override
  void close();
}
