package org.framecast.stream.webrtc.rtp;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.framecast.stream.time.WallClock;
import org.jspecify.annotations.Nullable;

/**
 * Maps a stream's presentation times to NTP times, the same for all of its tracks: that is what a
 * receiver plays them in step by.
 *
 * <p>The first time that is asked for is tied to the wall clock; all others follow from it, so a
 * step of the wall clock does not tear sound and picture apart.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Source:</b> RFC 3550 §4 and §6.4.1.
 */
public final class NtpTimeline {
  private static final long SECONDS_FROM_1900_TO_1970 = 2_208_988_800L;
  private static final long NANOS = 1_000_000_000L;

  private record Anchor(long ptsNanos, long epochSeconds, long nanos) {}

  private final WallClock clock;
  private final AtomicReference<@Nullable Anchor> anchor = new AtomicReference<>();

  public NtpTimeline(WallClock clock) {
    this.clock = clock;
  }

  /** 32 bits of seconds since 1900 and 32 bits of fraction. */
  public long ntp(long ptsNanos) {
    Anchor tied = anchor.get();
    if (tied == null) {
      Instant now = clock.instant();
      tied = new Anchor(ptsNanos, now.getEpochSecond(), now.getNano());
      Anchor other = anchor.compareAndExchange(null, tied);
      tied = other == null ? tied : other;
    }
    long elapsed = ptsNanos - tied.ptsNanos() + tied.nanos();
    long seconds = tied.epochSeconds() + Math.floorDiv(elapsed, NANOS) + SECONDS_FROM_1900_TO_1970;
    long fraction = (Math.floorMod(elapsed, NANOS) << 32) / NANOS;
    return (seconds << 32) | fraction;
  }
}
