package org.framecast.stream.webrtc;

import java.util.concurrent.atomic.AtomicLong;
import org.framecast.stream.time.MediaClock;

/**
 * Turns what many viewers ask for into few requests to the encoder: one at a time, not more often
 * than the interval, repeated when no keyframe follows.
 *
 * <p><b>Thread:</b> {@link #want} any; the others the sender.
 */
final class KeyframeRequests {
  private static final long NEVER = Long.MIN_VALUE;
  private static final long REPEAT_NANOS = 1_000_000_000L;

  private final MediaClock clock;
  private final long minIntervalNanos;
  private final Runnable encoder;
  private final AtomicLong askedNanos = new AtomicLong(NEVER);
  private final AtomicLong asked = new AtomicLong();
  private volatile long keyframeNanos = NEVER;
  private volatile boolean wanted;

  KeyframeRequests(MediaClock clock, long minIntervalNanos, Runnable encoder) {
    this.clock = clock;
    this.minIntervalNanos = minIntervalNanos;
    this.encoder = encoder;
  }

  /** Somebody needs a keyframe. */
  void want() {
    wanted = true;
    ask();
  }

  /** A keyframe is on its way to the viewers. */
  void keyframe() {
    wanted = false;
    keyframeNanos = clock.nanos();
    askedNanos.set(NEVER);
  }

  /** Another picture went out: time to ask for what is still wanted. */
  void delta() {
    if (wanted) {
      ask();
    }
  }

  private void ask() {
    long now = clock.nanos();
    long last = keyframeNanos;
    if (last != NEVER && now - last < minIntervalNanos) {
      return;
    }
    long before = askedNanos.get();
    if ((before == NEVER || now - before >= REPEAT_NANOS)
        && askedNanos.compareAndSet(before, now)) {
      asked.incrementAndGet();
      encoder.run();
    }
  }

  long asked() {
    return asked.get();
  }
}
