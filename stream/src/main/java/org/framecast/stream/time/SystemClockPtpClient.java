package org.framecast.stream.time;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * The machine's own time of day in the place of a common clock. It follows nobody, so it says that
 * it is unsynchronised, and gives no picture a time of the network.
 *
 * <p>It is here so that everything around the port works where no PTP is; a client that speaks the
 * protocol takes its place.
 */
public final class SystemClockPtpClient implements PtpClient {
  private final WallClock clock;

  public SystemClockPtpClient(WallClock clock) {
    this.clock = clock;
  }

  /** The time of day that nobody vouches for. */
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public PtpStatus status() {
    return PtpStatus.UNSYNCHRONISED;
  }

  @Override
  public OptionalLong ptpNanos(long mediaNanos) {
    return OptionalLong.empty();
  }
}
