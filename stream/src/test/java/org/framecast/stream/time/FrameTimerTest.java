package org.framecast.stream.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FrameTimerTest {
  private long now = 1_000_000_000L;

  /** Every look at the clock takes a tenth of the interval, so a wait ends by itself. */
  private long tickingClock() {
    now += 1_000;
    return now;
  }

  @Test
  void ticksComeOneAfterTheOther() throws InterruptedException {
    FrameTimer timer = new FrameTimer(this::tickingClock, 10_000);
    for (int i = 0; i < 5; i++) {
      assertEquals(i, timer.await());
    }
    assertEquals(10_000, timer.dueNanos(3) - timer.dueNanos(2));
  }

  @Test
  void ticksThatHavePassedAreSkipped() throws InterruptedException {
    FrameTimer timer = new FrameTimer(this::tickingClock, 10_000);
    assertEquals(0, timer.await());
    now += 55_000;
    assertEquals(5, timer.await());
    assertEquals(6, timer.await());
  }

  @Test
  void anInterruptEndsTheWait() throws InterruptedException {
    FrameTimer timer = new FrameTimer(() -> 0, 10_000_000_000L);
    assertEquals(0, timer.await());
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, timer::await);
  }

  @Test
  void anIntervalOfNothingIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new FrameTimer(() -> 0, 0));
  }
}
