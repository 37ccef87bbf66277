package org.framecast.stream.pipeline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.framecast.stream.time.MediaClock;

/**
 * Requests for a keyframe: many become one, and one waits until the gap to the keyframe before has
 * passed.
 *
 * <p><b>Thread:</b> requests from any thread, the rest from the encode loop.
 */
final class KeyframeRequests {
  private final MediaClock clock;
  private final long gapNanos;
  private final AtomicBoolean asked = new AtomicBoolean();
  private boolean any;
  private long lastNanos;

  KeyframeRequests(MediaClock clock, Duration gap) {
    this.clock = clock;
    this.gapNanos = gap.toNanos();
  }

  void ask() {
    asked.set(true);
  }

  /** Whether the next picture must be a keyframe; the request is then answered. */
  boolean due() {
    boolean tooSoon = any && clock.nanos() - lastNanos < gapNanos;
    if (tooSoon || !asked.compareAndSet(true, false)) {
      return false;
    }
    note();
    return true;
  }

  /** A keyframe is about to be delivered, asked for or not: it answers who asked until now. */
  void made() {
    asked.set(false);
    note();
  }

  private void note() {
    any = true;
    lastNanos = clock.nanos();
  }
}
