package org.framecast.stream.time;

import java.time.Duration;

/**
 * What a {@link MultiStreamSynchronizer} takes for the same moment.
 *
 * @param maxOffset how far apart the frames of one moment may be
 * @param buffer frames of each source that may wait for the others
 * @param time which of a frame's times is compared
 */
public record SyncSettings(Duration maxOffset, int buffer, Time time) {
  /** A frame's period at 30 frames a second. */
  public static final Duration DEFAULT_MAX_OFFSET = Duration.ofMillis(33);

  public static final int DEFAULT_BUFFER = 60;

  /** The times that a frame may be known by. */
  public enum Time {
    /** The capture time: for sources of one machine. */
    CAPTURE,
    /** The network's common time; a frame that has none is dropped. */
    PTP
  }

  public SyncSettings {
    if (maxOffset.isNegative() || buffer < 1) {
      throw new IllegalArgumentException(maxOffset + " apart, " + buffer + " waiting");
    }
  }

  /** Capture times at most 33 ms apart; 60 frames wait. */
  public static SyncSettings defaults() {
    return new SyncSettings(DEFAULT_MAX_OFFSET, DEFAULT_BUFFER, Time.CAPTURE);
  }
}
