package org.framecast.stream.webrtc.ingest;

/**
 * What ties the tracks of one publisher to the stream's clock: the publisher's own NTP time, which
 * its sender reports give for every track, moved by one offset that all tracks share.
 *
 * <p>The offset follows the fastest packets of the last seconds, slowly, so that neither clock runs
 * away from the other.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Source:</b> RFC 3550 §6.4.1.
 */
final class IngestTimeline {
  private static final long WINDOW_NANOS = 10_000_000_000L;

  /** A step of the offset for each window: a drift of 200 parts in a million is followed. */
  private static final long MAX_STEP_NANOS = 2_000_000L;

  private static final long RESET_NANOS = 2_000_000_000L;

  private boolean tied;
  private long offsetNanos;
  private long windowStart;
  private long leastLate = Long.MAX_VALUE;

  boolean isTied() {
    return tied;
  }

  /** Ties the publisher's time to the stream's. */
  void tie(long ntpNanos, long ptsNanos) {
    if (!tied) {
      tied = true;
      offsetNanos = ptsNanos - ntpNanos;
    }
  }

  /** The publisher's clock is another one now: the next report ties it anew. */
  void untie() {
    tied = false;
  }

  /** The stream's time of a publisher's time. */
  long pts(long ntpNanos) {
    return ntpNanos + offsetNanos;
  }

  /**
   * Sees a packet arrive.
   *
   * @param lateNanos its arrival less its presentation time
   */
  void arrived(long lateNanos, long nowNanos) {
    leastLate = Math.min(leastLate, lateNanos);
    if (windowStart == 0) {
      windowStart = nowNanos;
    }
    if (nowNanos - windowStart < WINDOW_NANOS) {
      return;
    }
    if (Math.abs(leastLate) > RESET_NANOS) {
      tied = false;
    } else {
      offsetNanos += Math.max(-MAX_STEP_NANOS, Math.min(MAX_STEP_NANOS, leastLate));
    }
    leastLate = Long.MAX_VALUE;
    windowStart = nowNanos;
  }

  /** NTP's 32 bits of seconds and 32 of fraction as nanoseconds, from the same origin for all. */
  static long nanos(long ntp) {
    long fraction = ntp & 0xffff_ffffL;
    return (ntp >>> 32) * 1_000_000_000L + ((fraction * 1_000_000_000L) >>> 32);
  }
}
