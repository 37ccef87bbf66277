package org.framecast.stream.media;

/**
 * One coded picture or one coded block of sound.
 *
 * <p><b>Ownership:</b> owns one hold on {@code data}; {@link #close()} gives it up, {@link #hold()}
 * adds another for a second owner of the same unit.
 *
 * @param ptsNanos presentation time on the stream's own time line
 * @param durationNanos how long it is shown or heard, 0 when unknown
 */
public record AccessUnit(
    Codec codec, Kind kind, MediaBuffer data, long ptsNanos, long durationNanos)
    implements AutoCloseable {

  /** Whether the unit decodes alone. */
  public enum Kind {
    KEYFRAME,
    DELTA
  }

  /** Adds a holder and returns this unit. */
  public AccessUnit hold() {
    data.hold();
    return this;
  }

  @Override
  public void close() {
    data.close();
  }
}
