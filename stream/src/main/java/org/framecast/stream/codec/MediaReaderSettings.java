package org.framecast.stream.codec;

import java.nio.file.Path;

/**
 * What to read.
 *
 * @param sourceId what the pictures say they come from
 */
public record MediaReaderSettings(Path file, String sourceId, Tracks tracks, ReaderLimits limits) {
  /** What of a file is read. */
  public enum Tracks {
    /** The pictures and the sound that go together; a file may have one of them alone. */
    PICTURES_AND_SOUND,
    PICTURES
  }

  /** Everything, within the limits that hold when nobody says others. */
  public static MediaReaderSettings of(Path file) {
    return new MediaReaderSettings(file, "file", Tracks.PICTURES_AND_SOUND, ReaderLimits.DEFAULT);
  }

  /** The same with other tracks. */
  public MediaReaderSettings with(Tracks others) {
    return new MediaReaderSettings(file, sourceId, others, limits);
  }

  /** The same with other limits. */
  public MediaReaderSettings with(ReaderLimits others) {
    return new MediaReaderSettings(file, sourceId, tracks, others);
  }
}
