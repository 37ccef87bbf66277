package org.framecast.stream.time;

import java.time.Instant;

/** Time of day, for RTCP sender reports alone. */
@FunctionalInterface
public interface WallClock {
  Instant instant();

  /** The machine's time of day. */
  static WallClock system() {
    return Instant::now;
  }
}
