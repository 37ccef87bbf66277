package org.framecast.stream.codec;

import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AccessUnit.Kind;
import org.framecast.stream.media.MediaBuffer;

/**
 * One coded picture or block of sound of a track. Unlike an {@link AccessUnit} it does not say its
 * codec: the track does.
 *
 * <p><b>Ownership:</b> owns one hold on {@code data}.
 *
 * @param ptsNanos when it is shown or heard; units come in the order in which they are decoded
 * @param durationNanos how long, 0 when unknown
 */
public record TrackUnit(Kind kind, MediaBuffer data, long ptsNanos, long durationNanos)
    implements AutoCloseable {

  /** A second hold on the bytes of an access unit. */
  public static TrackUnit sharing(AccessUnit unit) {
    return new TrackUnit(unit.kind(), unit.data().hold(), unit.ptsNanos(), unit.durationNanos());
  }

  /** Adds a holder and returns this unit. */
  public TrackUnit hold() {
    data.hold();
    return this;
  }

  /** The same bytes at another time; the hold goes with them. */
  public TrackUnit at(long otherPtsNanos, long otherDurationNanos) {
    return new TrackUnit(kind, data, otherPtsNanos, otherDurationNanos);
  }

  @Override
  public void close() {
    data.close();
  }
}
