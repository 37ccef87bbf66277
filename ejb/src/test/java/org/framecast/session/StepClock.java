package org.framecast.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A time of day that moves when the test says so. */
public final class StepClock implements InstantSource {
  private Instant now = Instant.parse("2026-11-21T00:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  public void step(Duration by) {
    now = now.plus(by);
  }
}
