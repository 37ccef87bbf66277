package org.framecast.stream.flow;

/** A source that can go on from another place. */
public interface SeekableSource extends StreamSource {
  /**
   * Goes to the picture that is shown at that time: the next item is the last picture whose PTS is
   * not later, or the first of all. Sound goes on from there too.
   *
   * <p><b>Thread:</b> that of {@link #next()}.
   *
   * @throws org.framecast.stream.media.MediaException with OPTIONS for a time that is negative or
   *     after the end, UNSUPPORTED where the input has no way back
   */
  void seek(long ptsNanos);
}
