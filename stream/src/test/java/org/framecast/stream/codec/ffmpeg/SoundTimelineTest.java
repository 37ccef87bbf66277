package org.framecast.stream.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SoundTimelineTest {
  private static final int BLOCK = 480;
  private static final long BLOCK_NANOS = 10_000_000;
  private static final long MILLI = 1_000_000;

  private final SoundTimeline timeline = new SoundTimeline();
  private long lastNanos = Long.MIN_VALUE;

  private long place(long arrivalNanos) {
    long pts = timeline.place(BLOCK, arrivalNanos);
    assertTrue(pts > lastNanos, "times never go back");
    lastNanos = pts;
    return pts;
  }

  @Test
  void unevenArrivalsGiveEvenTimes() {
    SplittableRandom random = new SplittableRandom(3);
    long first = place(5 * MILLI);
    assertEquals(-5 * MILLI, first);
    for (int i = 1; i < 1_000; i++) {
      long pts = place(5 * MILLI + i * BLOCK_NANOS + random.nextLong(30 * MILLI));
      assertEquals(first + i * BLOCK_NANOS, pts, 7 * MILLI);
    }
  }

  @Test
  void aHeapAfterAStallIsNoLoss() {
    for (int i = 0; i < 500; i++) {
      boolean stalled = i >= 200 && i < 260;
      long arrival = stalled ? 260 * BLOCK_NANOS : i * BLOCK_NANOS;
      assertEquals((i - 1) * BLOCK_NANOS, place(arrival), MILLI);
    }
  }

  @Test
  void lostSoundIsJumpedOver() {
    for (int i = 0; i < 600; i++) {
      long lost = i < 200 ? 0 : 300 * MILLI;
      long pts = place(i * BLOCK_NANOS + lost);
      if (i < 200 || i > 400) {
        assertEquals((i - 1) * BLOCK_NANOS + lost, pts, MILLI);
      }
    }
  }

  @Test
  void aClockThatDriftsIsFollowed() {
    for (double drift : new double[] {0.9995, 1.0005}) {
      SoundTimeline drifting = new SoundTimeline();
      for (int i = 0; i < 100_000; i++) {
        long arrival = Math.round(i * BLOCK_NANOS * drift);
        assertEquals(arrival - BLOCK_NANOS, drifting.place(BLOCK, arrival), 2 * MILLI);
      }
    }
  }

  @Test
  void lessThanALimitIsNoLoss() {
    for (long lag : new long[] {SoundTimeline.MAX_LAG_NANOS, SoundTimeline.MAX_LAG_NANOS + 1}) {
      SoundTimeline timeline = new SoundTimeline();
      timeline.place(BLOCK, 0);
      long before = 0;
      long largest = 0;
      for (int i = 1; i < 300; i++) {
        long pts = timeline.place(BLOCK, i * BLOCK_NANOS + (i < 100 ? 0 : lag));
        largest = i == 1 ? 0 : Math.max(largest, pts - before - BLOCK_NANOS);
        before = pts;
      }
      assertEquals(lag > SoundTimeline.MAX_LAG_NANOS, largest > lag / 2, "largest " + largest);
    }
  }
}
