package org.framecast.stream.time;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FrameTimesTest {
  @Test
  void theRateIsFoundInRoundedTimesWithGaps() {
    for (double rate : new double[] {10, 24, 29.97, 30, 59.94, 120}) {
      SplittableRandom random = new SplittableRandom((long) rate);
      long[] millis =
          LongStream.range(0, 600)
              .filter(i -> random.nextInt(10) > 0)
              .map(i -> Math.round(i * 1_000 / rate) * 1_000_000)
              .toArray();
      assertEquals(rate, FrameTimes.estimateFps(millis).orElseThrow(), rate * 0.01);
    }
  }

  @Test
  void tooFewTimesSayNothing() {
    assertTrue(FrameTimes.estimateFps(new long[0]).isEmpty());
    assertTrue(FrameTimes.estimateFps(new long[] {5}).isEmpty());
    assertTrue(FrameTimes.estimateFps(new long[] {5, 5, 5}).isEmpty());
    assertEquals(1_000, FrameTimes.estimateFps(new long[] {0, 1_000_000}).orElseThrow(), 1e-6);
  }

  @Test
  void theNearestIsFoundWithinTheOffset() {
    assertArrayEquals(
        new int[] {0, FrameTimes.NONE, 1, 1, 2},
        FrameTimes.alignTimestamps(
            new long[] {0, 50, 99, 105, 1_000}, new long[] {10, 100, 990}, 10));
    assertArrayEquals(
        new int[] {FrameTimes.NONE}, FrameTimes.alignTimestamps(new long[] {1}, new long[0], 10));
    assertArrayEquals(
        new int[] {0}, FrameTimes.alignTimestamps(new long[] {5}, new long[] {0, 10}, 5));
    assertArrayEquals(
        new int[] {FrameTimes.NONE},
        FrameTimes.alignTimestamps(new long[] {5}, new long[] {0, 10}, 4));
  }

  @Test
  void alignmentIsThatOfASearchThroughAll() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 200; round++) {
      long[] reference = ascending(random, 40);
      long[] others = ascending(random, random.nextInt(1, 60));
      int[] found = FrameTimes.alignTimestamps(reference, others, 33);
      for (int i = 0; i < reference.length; i++) {
        int best = 0;
        for (int j = 1; j < others.length; j++) {
          if (Math.abs(others[j] - reference[i]) < Math.abs(others[best] - reference[i])) {
            best = j;
          }
        }
        boolean near = Math.abs(others[best] - reference[i]) <= 33;
        assertEquals(near ? best : FrameTimes.NONE, found[i]);
      }
    }
  }

  private static long[] ascending(SplittableRandom random, int count) {
    long[] times = new long[count];
    long at = random.nextLong(100);
    for (int i = 0; i < count; i++) {
      at += random.nextLong(1, 80);
      times[i] = at;
    }
    return times;
  }
}
