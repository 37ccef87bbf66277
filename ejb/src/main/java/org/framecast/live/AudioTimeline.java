package org.framecast.live;

import java.time.Duration;
import org.framecast.stream.media.AudioFrame;

/**
 * Gives arriving blocks of sound their times on the server's clock.
 *
 * <p>Samples are the publisher's clock: blocks follow each other by their length. Where that clock
 * lies on the server's, the fastest blocks say, since a block can be late but never early. So one
 * that comes earlier than all before it moves the line back at once, however late the first block
 * was; blocks that are late for a while, every one of them, move it on; and a burst after a stall
 * moves nothing.
 *
 * <p>A large move is a step of the times, that is a gap or an overlap. A small one is spread over
 * blocks in steps that are less than {@link #MAX_WALK_NANOS}: so the publisher's clock is followed,
 * which is never quite as fast as the server's.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class AudioTimeline {
  /** What the line moves from one block to the next without being torn. */
  static final long MAX_WALK_NANOS = Duration.ofMillis(2).toNanos();

  /** A line that is so far off is not walked but moved at once. */
  private static final long STEP_NANOS = Duration.ofMillis(20).toNanos();

  /** Sound that stays late for so long was left out, not held up. */
  private static final long PATIENCE_NANOS = Duration.ofMillis(500).toNanos();

  /** So late is no block that was held up on its way. */
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  /** Lateness that no block of such a time was without is the clock's. */
  private static final long WINDOW_NANOS = Duration.ofSeconds(1).toNanos();

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private boolean started;
  // Between the count of the samples and the server's clock.
  private long offsetNanos;
  private long samples;
  private final LeastLate clock = new LeastLate();
  private final LeastLate behind = new LeastLate();

  /**
   * The time of the first sample of a block.
   *
   * @param arrivalNanos when its last byte arrived
   */
  long place(int blockSamples, long arrivalNanos) {
    long begin = nanos(samples);
    samples += blockSamples;
    long arrivedOffset = arrivalNanos - nanos(samples);
    if (!started) {
      started = true;
      move(arrivedOffset);
    } else {
      follow(arrivedOffset, arrivalNanos);
    }
    return offsetNanos + begin;
  }

  private void follow(long arrivedOffset, long arrivalNanos) {
    long late = arrivedOffset - offsetNanos;
    if (late > PAUSE_NANOS || late < -STEP_NANOS) {
      move(arrivedOffset);
      return;
    }
    if (late < 0) {
      walk(late);
    }
    if (late <= STEP_NANOS) {
      behind.clear();
    } else if (behind.lasted(late, arrivalNanos, PATIENCE_NANOS)) {
      move(offsetNanos + behind.nanos());
      return;
    }
    if (clock.lasted(late, arrivalNanos, WINDOW_NANOS)) {
      walk(Math.max(0, clock.nanos()));
      clock.clear();
    }
  }

  private void move(long offset) {
    offsetNanos = offset;
    clock.clear();
    behind.clear();
  }

  private void walk(long difference) {
    offsetNanos += Math.clamp(difference, -MAX_WALK_NANOS, MAX_WALK_NANOS);
  }

  private static long nanos(long count) {
    long seconds = count / AudioFrame.SAMPLE_RATE_HZ;
    return seconds * NANOS_PER_SECOND
        + count % AudioFrame.SAMPLE_RATE_HZ * NANOS_PER_SECOND / AudioFrame.SAMPLE_RATE_HZ;
  }

  /** The least lateness since it was cleared. */
  private static final class LeastLate {
    private long sinceNanos;
    private long leastNanos = Long.MAX_VALUE;

    void clear() {
      leastNanos = Long.MAX_VALUE;
    }

    /** Sees one more; whether the first one was so long ago. */
    boolean lasted(long late, long nowNanos, long lengthNanos) {
      if (leastNanos == Long.MAX_VALUE) {
        sinceNanos = nowNanos;
      }
      leastNanos = Math.min(leastNanos, late);
      return nowNanos - sinceNanos >= lengthNanos;
    }

    long nanos() {
      return leastNanos;
    }
  }
}
