package org.framecast.live;

import java.time.Duration;
import org.framecast.stream.time.MediaClock;

/**
 * Counts what a publisher does wrong and how fast it sends.
 *
 * <p><b>Thread:</b> any.
 */
final class IngestGuard {
  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int MAX_OVERSIZED = 3;

  private final MediaClock clock;
  private final int maxErrors;
  private final double maxFrameRate;
  private final long[] errorTimes;
  private int errorCount;
  private int oversized;
  private double frameTokens;
  private long lastFrameNanos;

  /** What follows from an error. */
  enum Verdict {
    GO_ON,
    /** Too many errors: close with 1008. */
    ABUSE,
    /** Oversized again and again: close with 1009. */
    TOO_LARGE
  }

  IngestGuard(MediaClock clock, int maxErrors, int maxFrameRate) {
    this.clock = clock;
    this.maxErrors = maxErrors;
    this.maxFrameRate = maxFrameRate;
    this.errorTimes = new long[maxErrors];
    this.frameTokens = maxFrameRate;
    this.lastFrameNanos = clock.nanos();
  }

  /** Counts one error. */
  synchronized Verdict error(StreamEvent.Code code) {
    if (code == StreamEvent.Code.MESSAGE_TOO_LARGE && ++oversized >= MAX_OVERSIZED) {
      return Verdict.TOO_LARGE;
    }
    long now = clock.nanos();
    int slot = errorCount % maxErrors;
    boolean full = errorCount >= maxErrors && now - errorTimes[slot] < WINDOW_NANOS;
    errorTimes[slot] = now;
    errorCount++;
    return full ? Verdict.ABUSE : Verdict.GO_ON;
  }

  /** Whether one more frame is within the rate; up to one second's frames may come at once. */
  synchronized boolean admitFrame() {
    long now = clock.nanos();
    frameTokens = Math.min(maxFrameRate, frameTokens + (now - lastFrameNanos) * maxFrameRate / 1e9);
    lastFrameNanos = now;
    if (frameTokens < 1) {
      return false;
    }
    frameTokens--;
    return true;
  }
}
