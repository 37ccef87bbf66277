package org.framecast.stream.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
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
  void timesDoNotDriftAtARateThatDoesNotDivideASecond() {
    FrameTimer timer = new FrameTimer(() -> 0, 30);
    timer.start(7);
    assertEquals(7 + 33_333_333L, timer.timeOf(1));
    assertEquals(7 + Duration.ofDays(1).toNanos(), timer.timeOf(30L * 24 * 3_600));
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
    waiting.join(30_000);
    assertEquals(FrameTimer.STOPPED, beat.get());
  }

  @Test
  void aDeadlinePasses() {
    assertTrue(Deadline.in(Duration.ZERO).passed());
    assertTrue(Deadline.in(Duration.ofMinutes(1)).leftNanos() > 0);
    assertEquals(Duration.ZERO, Deadline.in(Duration.ofNanos(-5)).left());
  }

  /** The beats that a timer gives while its user takes its time between them. */
  private static List<Long> beats(MissedBeats missed, long seed, SteppingClock clock)
      throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    FrameTimer timer = new FrameTimer(clock, 20_000, missed);
    List<Long> beats = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      long beat = timer.await();
      assertTrue(clock.now() >= timer.timeOf(beat), "not before its time");
      beats.add(beat);
      clock.advance(random.nextInt(4) == 0 ? random.nextLong(1_000_000) : random.nextLong(60_000));
    }
    return beats;
  }

  @Test
  void catchingUpLosesNoBeat() throws InterruptedException {
    for (int seed = 0; seed < 20; seed++) {
      assertEquals(
          LongStream.range(0, 500).boxed().toList(),
          beats(MissedBeats.CATCH_UP, seed, new SteppingClock(-700, 90)));
    }
  }

  @Test
  void skippingGivesTheBeatOfTheMomentOrTheNext() throws InterruptedException {
    for (int seed = 0; seed < 20; seed++) {
      SteppingClock clock = new SteppingClock(12_345, 90);
      FrameTimer timer = new FrameTimer(clock, 20_000, MissedBeats.SKIP);
      SplittableRandom random = new SplittableRandom(seed);
      long last = timer.await();
      int left = 0;
      for (int i = 0; i < 500; i++) {
        clock.advance(random.nextLong(400_000));
        long passed = (clock.now() - timer.timeOf(0)) / 50_000;
        long beat = timer.await();
        long expected = Math.max(last + 1, passed);
        assertTrue(beat == expected || beat == expected + 1, beat + " for " + expected);
        left += beat > last + 1 ? 1 : 0;
        last = beat;
      }
      assertTrue(left > 100, "beats were left out " + left + " times");
    }
  }

  @Test
  void catchesUpOnTheNewestBeatsAlone() throws InterruptedException {
    SteppingClock clock = new SteppingClock(0, 0);
    FrameTimer timer = new FrameTimer(clock, 1_000, MissedBeats.catchUp(3));
    assertEquals(0, timer.await());
    clock.advance(10_000_000);
    List<Long> beats = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      beats.add(timer.await());
    }
    assertEquals(List.of(7L, 8L, 9L, 10L), beats);
    assertEquals(11, timer.upcoming());
    assertThrows(IllegalArgumentException.class, () -> MissedBeats.catchUp(-1));
  }

  @Test
  void beginsWhenItIsTold() throws InterruptedException {
    SteppingClock clock = new SteppingClock(5_000_000, 0);
    FrameTimer timer = new FrameTimer(clock, 1_000);
    timer.start(3_000_000);
    assertEquals(2, timer.await());
    assertEquals(5_000_000, timer.timeOf(2));
    assertThrows(IllegalStateException.class, () -> timer.start(0));
  }

  @Test
  void isNeverEarlyOnTheMachinesClock() throws InterruptedException {
    FrameTimer timer = new FrameTimer(MediaClock.system(), 500, MissedBeats.CATCH_UP);
    for (int i = 0; i < 100; i++) {
      long beat = timer.await();
      assertTrue(System.nanoTime() - timer.timeOf(beat) >= 0);
    }
  }
}
