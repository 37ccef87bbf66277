package org.framecast.stream.webrtc;

/**
 * When one viewer goes down to a lower rung of its codec, and when up again.
 *
 * <p>Down when it could take less than 85 % of what it is sent for two seconds. Up when it could
 * take more than it is sent for ten; a viewer who has to go down again soon waits twice as long the
 * next time, up to two minutes.
 *
 * <p><b>Thread:</b> one.
 */
final class RungRule {
  static final long DOWN_AFTER_NANOS = 2_000_000_000L;
  static final long UP_AFTER_NANOS = 10_000_000_000L;
  static final long MAX_UP_AFTER_NANOS = 120_000_000_000L;

  /** Who goes down so soon after it went up was not ready. */
  static final long PROOF_NANOS = 30_000_000_000L;

  private static final double SLOW = 0.85;
  private static final double FINE = 1.1;
  private static final long NEVER = Long.MIN_VALUE;

  private long slowNanos = NEVER;
  private long fineNanos = NEVER;
  private long upNanos = NEVER;
  private long upAfterNanos = UP_AFTER_NANOS;

  /** Which way a viewer should go. */
  enum Move {
    STAY,
    DOWN,
    UP
  }

  /**
   * Looks at the viewer as it is now.
   *
   * @param sentBps of its rung, 0 when it is not known yet
   * @param estimateBps what it could take, 0 when nothing is known
   */
  Move decide(long sentBps, long estimateBps, long nowNanos) {
    if (sentBps == 0 || estimateBps == 0) {
      slowNanos = NEVER;
      fineNanos = NEVER;
      return Move.STAY;
    }
    slowNanos = since(slowNanos, estimateBps < SLOW * sentBps, nowNanos);
    fineNanos = since(fineNanos, estimateBps > FINE * sentBps, nowNanos);
    if (upNanos != NEVER && nowNanos - upNanos >= PROOF_NANOS) {
      upAfterNanos = UP_AFTER_NANOS;
      upNanos = NEVER;
    }
    if (slowNanos != NEVER && nowNanos - slowNanos >= DOWN_AFTER_NANOS) {
      return Move.DOWN;
    }
    if (fineNanos != NEVER && nowNanos - fineNanos >= upAfterNanos) {
      return Move.UP;
    }
    return Move.STAY;
  }

  private static long since(long before, boolean now, long nowNanos) {
    if (!now) {
      return NEVER;
    }
    return before == NEVER ? nowNanos : before;
  }

  /** The viewer goes that way. */
  void moved(Move move, long nowNanos) {
    slowNanos = NEVER;
    fineNanos = NEVER;
    switch (move) {
      case UP -> upNanos = nowNanos;
      case DOWN -> {
        if (upNanos != NEVER) {
          upAfterNanos = Math.min(MAX_UP_AFTER_NANOS, upAfterNanos * 2);
          upNanos = NEVER;
        }
      }
      case STAY -> {
        // It was not possible.
      }
    }
  }
}
