package org.framecast.stream.webrtc.rtp;

/** Presentation times as RTP timestamps. */
public final class RtpTime {
  private static final long NANOS = 1_000_000_000L;

  private RtpTime() {}

  /** The low 32 bits of {@code ptsNanos} at that rate, rounded; exact for any time. */
  public static int of(long ptsNanos, int clockRateHz) {
    long seconds = Math.floorDiv(ptsNanos, NANOS);
    long rest = Math.floorMod(ptsNanos, NANOS);
    return (int) (seconds * clockRateHz + (rest * clockRateHz + NANOS / 2) / NANOS);
  }
}
