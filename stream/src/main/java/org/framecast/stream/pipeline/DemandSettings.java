package org.framecast.stream.pipeline;

import java.time.Duration;

/**
 * How a stream's encoders follow their viewers.
 *
 * @param maxEncodes at most so many encoders of pictures at a time; others wait for a place
 * @param linger so long an encoder stays after its last viewer, so that a reload finds it open
 */
public record DemandSettings(int maxEncodes, Duration linger) {
  /** Encodes of a stream at a time. */
  public static final int DEFAULT_MAX_ENCODES = 3;

  /** Longer than a page takes to load again. */
  public static final Duration DEFAULT_LINGER = Duration.ofSeconds(3);

  public DemandSettings {
    if (maxEncodes < 1 || linger.isNegative()) {
      throw new IllegalArgumentException(maxEncodes + " encodes, linger " + linger);
    }
  }

  /** Three encodes, three seconds. */
  public static DemandSettings usual() {
    return new DemandSettings(DEFAULT_MAX_ENCODES, DEFAULT_LINGER);
  }
}
