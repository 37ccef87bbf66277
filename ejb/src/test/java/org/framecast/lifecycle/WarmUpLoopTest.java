package org.framecast.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
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
  void oneSlowRunMeansThatItIsNotFastYet() {
    int[] run = {0};
    WarmUpLoop loop = new WarmUpLoop(nanos::get, () -> true);
    loop.repeat(() -> nanos.addAndGet(run[0]++ == 10 ? 12_000_000 : 11_999_999));
    assertEquals(31, run[0]);
  }

  @Test
  void whatIsNeverFastEndsByItsNumber() {
    assertEquals(400, runs(12_000_000, () -> true));
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
