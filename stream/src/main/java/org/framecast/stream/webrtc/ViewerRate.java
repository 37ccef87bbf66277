package org.framecast.stream.webrtc;

/**
 * What one viewer can take, from the loss that it reports and from its own estimate.
 *
 * <p>The loss part is the loss-based controller: under 2 % lost the rate grows by a twentieth, over
 * 10 % it shrinks by half of the loss, between them it stays. It starts from what is really sent
 * and never leaves its neighbourhood: what arrives without much loss can be taken, and nothing is
 * known of what lies far above. The viewer's own estimate counts when it falls three times within
 * five seconds, which is how it tells of delay that keeps growing, and only where packets carry
 * their time of sending; once may be a hiccup of its own.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Source:</b> draft-ietf-rmcat-gcc-02 §5.5 and §6, draft-alvestrand-rmcat-remb.
 */
final class ViewerRate {
  private static final double LITTLE_LOSS = 0.02;
  private static final double MUCH_LOSS = 0.10;
  private static final double GROWTH = 1.05;
  private static final double BEYOND_SENT = 1.5;
  private static final double FALL = 0.97;
  private static final int FALLS = 3;
  private static final long REPORT_LIFE_NANOS = 5_000_000_000L;
  private static final long LIMIT_LIFE_NANOS = 5_000_000_000L;

  private final boolean trustsLimit;
  private double lossBps;
  private long sentBps;
  private boolean reported;
  private long reportNanos;
  private long heardBps;
  private long limitBps;
  private final long[] fallsNanos = new long[FALLS];
  private int falls;

  /**
   * @param trustsLimit whether the packets carry their time of sending
   */
  ViewerRate(boolean trustsLimit) {
    this.trustsLimit = trustsLimit;
  }

  /** What the viewer is being sent. */
  synchronized void sending(long bps) {
    sentBps = bps;
    if (lossBps == 0) {
      lossBps = bps;
    }
  }

  /** It is sent something else from now on: what was learned of more or less does not hold. */
  synchronized void moved(long bps) {
    reported = false;
    sentBps = bps;
    lossBps = bps;
    limitBps = 0;
  }

  /** A receiver report, about once a second. */
  synchronized void report(double fractionLost, long nowNanos) {
    reported = true;
    reportNanos = nowNanos;
    if (fractionLost < LITTLE_LOSS) {
      lossBps = Math.min(Math.max(sentBps, lossBps * GROWTH), BEYOND_SENT * sentBps);
    } else if (fractionLost > MUCH_LOSS) {
      lossBps = Math.min(lossBps, sentBps) * (1 - 0.5 * fractionLost);
    } else {
      lossBps = Math.max(lossBps, sentBps);
    }
  }

  /** The viewer's own estimate. */
  synchronized void limit(long bps, long nowNanos) {
    if (bps < FALL * heardBps) {
      limitBps = bps;
      fallsNanos[falls % FALLS] = nowNanos;
      falls++;
    } else if (limitBps > 0) {
      limitBps = Math.max(limitBps, bps);
    }
    heardBps = bps;
  }

  /** What it can take; 0 while nothing is known, as of those who do not report. */
  synchronized long estimateBps(long nowNanos) {
    if (sentBps == 0 || !reported || nowNanos - reportNanos > REPORT_LIFE_NANOS) {
      return 0;
    }
    boolean limited =
        trustsLimit
            && limitBps > 0
            && falls >= FALLS
            && nowNanos - fallsNanos[falls % FALLS] < LIMIT_LIFE_NANOS;
    long loss = (long) lossBps;
    return limited ? Math.min(loss, limitBps) : loss;
  }
}
