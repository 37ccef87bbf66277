package org.framecast.stream.time;

import java.time.Instant;

/** Time of day, for RTCP sender reports and {@link SystemClockPtpClient} alone. */
@FunctionalInterface
public interface WallClock {
  Instant instant();

  /** The machine's time of day. */
  static WallClock system() {
    return Instant::now;
  }
}
