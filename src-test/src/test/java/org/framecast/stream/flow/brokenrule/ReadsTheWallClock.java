package org.framecast.stream.flow.brokenrule;

import java.time.Instant;

/** The data plane has one monotonic clock. */
public final class ReadsTheWallClock {
  Instant now() {
    return Instant.now();
  }
}
