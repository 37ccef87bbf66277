package org.framecast.stream.time;

import java.util.OptionalLong;

/**
 * What a {@link PtpClient} knows of the network's common clock.
 *
 * @param offsetNanos how far this machine's time is ahead of it; empty when unknown
 */
public record PtpStatus(State state, OptionalLong offsetNanos) {
  /** Whether its times may be used. */
  public enum State {
    /** It follows no common clock. */
    UNSYNCHRONISED,
    /** It follows one. */
    SYNCHRONISED
  }

  /** Of a client that follows no clock. */
  public static final PtpStatus UNSYNCHRONISED =
      new PtpStatus(State.UNSYNCHRONISED, OptionalLong.empty());

  public PtpStatus {
    if (state == State.SYNCHRONISED && offsetNanos.isEmpty()) {
      throw new IllegalArgumentException("synchronised at an unknown offset");
    }
  }

  /** Of a client that follows a clock. */
  public static PtpStatus synchronised(long offsetNanos) {
    return new PtpStatus(State.SYNCHRONISED, OptionalLong.of(offsetNanos));
  }
}
