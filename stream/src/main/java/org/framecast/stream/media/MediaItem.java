package org.framecast.stream.media;

/**
 * What a source gives and a sink takes: a picture or a block of sound.
 *
 * <p><b>Ownership:</b> owns one hold on its memory; {@link #close()} gives it up.
 */
public sealed interface MediaItem extends AutoCloseable permits TimestampedFrame, AudioFrame {
  /** When it is shown or heard, on the time line of its stream. */
  long ptsNanos();

  @Override
  void close();
}
