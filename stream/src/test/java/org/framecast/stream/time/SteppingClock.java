package org.framecast.stream.time;

/** A clock that goes on by a step with each look at it, or when it is told to. */
final class SteppingClock implements MediaClock {
  private final long stepNanos;
  private long now;

  SteppingClock(long startNanos, long stepNanos) {
    this.now = startNanos;
    this.stepNanos = stepNanos;
  }

  void advance(long nanos) {
    now += nanos;
  }

  long now() {
    return now;
  }

  @Override
  public long nanos() {
    now += stepNanos;
    return now;
  }
}
