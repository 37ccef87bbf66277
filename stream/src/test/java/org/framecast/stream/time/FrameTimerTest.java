package org.framecast.stream.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FrameTimerTest {
  @Test
  void missedBeatsAreLeftOutAndTimesStayTrue() throws InterruptedException {
    AtomicLong now = new AtomicLong(5_000);
    FrameTimer timer = new FrameTimer(now::get, 1_000_000);
    assertEquals(0, timer.await());
    now.addAndGet(1_000);
    assertEquals(1, timer.await());
    now.addAndGet(3_400);
    assertEquals(4, timer.await());
    assertEquals(9_000, timer.timeOf(4));
    now.addAndGet(600);
    assertEquals(5, timer.await());
    assertEquals(Duration.ofNanos(1_000), timer.period());
  }

  @Test
  void waitsForTheNextBeat() throws InterruptedException {
    FrameTimer timer = new FrameTimer(MediaClock.system(), 100);
    long start = System.nanoTime();
    long last = 0;
    while (last < 10) {
      last = timer.await();
    }
    assertTrue(System.nanoTime() - start >= 100_000_000L);
  }

  @Test
  void stopWakesWhoWaits() throws InterruptedException {
    FrameTimer timer = new FrameTimer(MediaClock.system(), 0.01);
    assertEquals(0, timer.await());
    AtomicLong beat = new AtomicLong();
    Thread waiting =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    beat.set(timer.await());
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    timer.stop();
    waiting.join(5_000);
    assertEquals(FrameTimer.STOPPED, beat.get());
  }

  @Test
  void aDeadlinePasses() {
    assertTrue(Deadline.in(Duration.ZERO).passed());
    assertTrue(Deadline.in(Duration.ofMinutes(1)).leftNanos() > 0);
    assertEquals(Duration.ZERO, Deadline.in(Duration.ofNanos(-5)).left());
  }
}
