package org.framecast.stream.webrtc;

/**
 * When the lowest rendition of a codec is encoded for less, and when for its own bitrate again:
 * only when the best of its viewers could not take it either, so that nobody is dragged down.
 *
 * <p>A new bitrate costs a keyframe, so it moves in steps: to four fifths of what the best can
 * take, after three seconds; back to its own after fifteen.
 *
 * <p><b>Thread:</b> one.
 */
final class BitrateRule {
  static final int MIN_BPS = 150_000;
  static final long DOWN_AFTER_NANOS = 3_000_000_000L;
  static final long UP_AFTER_NANOS = 15_000_000_000L;

  private static final double SLOW = 0.85;
  private static final double FINE = 1.1;
  private static final double MARGIN = 0.8;
  private static final long NEVER = Long.MIN_VALUE;

  private int bitrateBps;
  private long slowNanos = NEVER;
  private long fineNanos = NEVER;

  /** What was decided last. */
  int bitrateBps() {
    return bitrateBps;
  }

  /**
   * Looks at the rendition as it is now.
   *
   * @param bestBps what the best of its viewers can take, 0 when nothing is known
   * @return what to encode it for, 0 for its own bitrate
   */
  int decide(long sentBps, long bestBps, long nowNanos) {
    if (sentBps == 0 || bestBps == 0) {
      slowNanos = NEVER;
      fineNanos = NEVER;
      return bitrateBps;
    }
    boolean slow = bestBps < SLOW * sentBps && sentBps > MIN_BPS;
    boolean fine = bestBps > FINE * sentBps && bitrateBps > 0;
    slowNanos = slow ? slowNanos == NEVER ? nowNanos : slowNanos : NEVER;
    fineNanos = fine ? fineNanos == NEVER ? nowNanos : fineNanos : NEVER;
    if (slow && nowNanos - slowNanos >= DOWN_AFTER_NANOS) {
      bitrateBps = (int) Math.clamp((long) (bestBps * MARGIN), MIN_BPS, Integer.MAX_VALUE);
      slowNanos = NEVER;
    } else if (fine && nowNanos - fineNanos >= UP_AFTER_NANOS) {
      bitrateBps = 0;
      fineNanos = NEVER;
    }
    return bitrateBps;
  }
}
