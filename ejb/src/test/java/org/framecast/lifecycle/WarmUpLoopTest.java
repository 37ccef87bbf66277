package org.framecast.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.framecast.stream.time.MediaClock;
import org.junit.jupiter.api.Test;

/** Warming up gives way to streams. */
class WarmUpLoopTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger runs = new AtomicInteger();

  private int runs(long eachNanos, BooleanSupplier idle) {
    WarmUpLoop loop = new WarmUpLoop(nanos::get, idle);
    loop.repeat(
        () -> {
          runs.incrementAndGet();
          nanos.addAndGet(eachNanos);
        });
    return runs.get();
  }

  @Test
  void itEndsOnceItIsFast() {
    assertEquals(20, runs(1_000_000, () -> true));
  }

  @Test
  void itGivesWayToTheFirstStream() {
    assertEquals(3, runs(1_000_000, () -> runs.get() < 3));
  }

  @Test
  void whatStaysSlowEndsByTheClock() {
    assertEquals(21, runs(1_000_000_000, () -> true));
  }

  @Test
  void encodersAreMeasuredOnceNoStreamRanForAWhile() {
    MediaClock steps = () -> nanos.addAndGet(500_000_000);
    new WarmUpLoop(steps, () -> nanos.get() > 5_000_000_000L).awaitQuiet();
    assertEquals(8, nanos.get() / 1_000_000_000L);
  }

  @Test
  void encodersAreMeasuredInTheEndThoughStreamsRun() {
    MediaClock steps = () -> nanos.addAndGet(1_000_000_000);
    new WarmUpLoop(steps, () -> false).awaitQuiet();
    assertEquals(16, nanos.get() / 1_000_000_000L);
  }

  @Test
  void whoStopsItWaitsForOneRunAtMost() {
    WarmUpLoop loop = new WarmUpLoop(nanos::get, () -> true);
    loop.repeat(
        () -> {
          runs.incrementAndGet();
          loop.stop();
        });
    assertEquals(1, runs.get());
  }
}
