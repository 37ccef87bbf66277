package org.framecast.stream.source.clip;

import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.time.MediaClock;

/**
 * Puts a file's times on the stream's time line, always forward.
 *
 * <p><b>Thread:</b> one.
 */
final class IvfClock {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Further ahead or behind, a file's time is a jump and not a pause. */
  private static final long MAX_JUMP_NANOS = 5 * SECOND_NANOS;

  /** Further behind its arrival, a live unit's time has drifted away. */
  private static final long MAX_DRIFT_NANOS = SECOND_NANOS / 2;

  private static final long MIN_STEP_NANOS = 100_000;

  private final MediaClock clock;
  private final IvfSource.Pace pace;
  private boolean any;
  private long offsetNanos;
  private long lastNanos;

  IvfClock(MediaClock clock, IvfSource.Pace pace) {
    this.clock = clock;
    this.pace = pace;
  }

  /** The unit with its time on the time line; it takes the place of the one that is given. */
  AccessUnit place(AccessUnit unit) {
    long now = clock.nanos();
    if (!any || isAnother(unit.ptsNanos() + offsetNanos, now)) {
      offsetNanos = now - unit.ptsNanos();
    }
    long pts = unit.ptsNanos() + offsetNanos;
    lastNanos = any ? Math.max(pts, lastNanos + MIN_STEP_NANOS) : pts;
    any = true;
    return new AccessUnit(unit.codec(), unit.kind(), unit.data(), lastNanos, unit.durationNanos());
  }

  private boolean isAnother(long pts, long now) {
    return switch (pace) {
      case BY_ITS_TIMES -> Math.abs(pts - now) > MAX_JUMP_NANOS;
      case AS_THEY_COME -> pts > now || now - pts > MAX_DRIFT_NANOS;
    };
  }
}
