package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AudioTimelineTest {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long BLOCK_NANOS = 20 * MILLI;
  private static final int BLOCK_SAMPLES = 960;

  private final AudioTimeline timeline = new AudioTimeline();

  /** Places a block whose last sample was taken at that time. */
  private long place(long endNanos, long lateNanos) {
    return timeline.place(BLOCK_SAMPLES, endNanos + lateNanos);
  }

  @Test
  void blocksThatArriveInBurstsFollowEachOtherWithoutAGap() {
    assertEquals(-BLOCK_NANOS, place(0, 0));
    Random random = new Random(1);
    int taken = 0;
    while (taken < 5_000) {
      // All that were held up come with the last of them.
      int burst = 1 + random.nextInt(20);
      long arrival = (taken + burst) * BLOCK_NANOS;
      for (int i = 0; i < burst; i++, taken++) {
        assertEquals(taken * BLOCK_NANOS, place(arrival, 0));
      }
    }
  }

  @Test
  void aStallOfLessThanASecondMovesNothing() {
    for (int i = 0; i < 50; i++) {
      place((i + 1) * BLOCK_NANOS, 0);
    }
    for (int i = 50; i < 95; i++) {
      // All that was held up comes at once, when the last of it was taken.
      assertEquals(i * BLOCK_NANOS, place((i + 1) * BLOCK_NANOS, (94 - i) * BLOCK_NANOS));
    }
  }

  @Test
  void aFirstBlockThatWasLateIsCorrectedByTheNextThatIsNot() {
    place(BLOCK_NANOS, 300 * MILLI);
    place(2 * BLOCK_NANOS, 280 * MILLI);
    assertEquals(2 * BLOCK_NANOS, place(3 * BLOCK_NANOS, 0));
    assertEquals(3 * BLOCK_NANOS, place(4 * BLOCK_NANOS, 0));
  }

  @Test
  void aFirstBlockThatWasALittleLateIsCorrectedInSmallSteps() {
    long before = place(BLOCK_NANOS, 15 * MILLI);
    for (int i = 1; i < 20; i++) {
      long next = place((i + 1) * BLOCK_NANOS, 0);
      long step = next - before;
      assertTrue(step >= BLOCK_NANOS - AudioTimeline.MAX_WALK_NANOS, step + " ns");
      before = next;
    }
    assertEquals(19 * BLOCK_NANOS, before);
  }

  @Test
  void aClockThatIsTooFastOrTooSlowIsFollowed() {
    for (int partsPerMillion : new int[] {-300, 300}) {
      AudioTimeline followed = new AudioTimeline();
      long before = -BLOCK_NANOS;
      for (int i = 0; i < 60_000; i++) {
        long taken = i * BLOCK_NANOS;
        taken += taken / 1_000_000 * partsPerMillion;
        long pts = followed.place(BLOCK_SAMPLES, taken + BLOCK_NANOS + (i % 7) * 5 * MILLI);
        assertNear(taken, pts, 3 * MILLI, "block " + i + " at " + partsPerMillion);
        assertNear(BLOCK_NANOS, pts - before, AudioTimeline.MAX_WALK_NANOS, "step " + i);
        before = pts;
      }
    }
  }

  @Test
  void soundThatWasLeftOutIsAGapAfterHalfASecond() {
    for (int i = 0; i < 50; i++) {
      place((i + 1) * BLOCK_NANOS, 0);
    }
    long pts = 0;
    for (int i = 50; i < 77; i++) {
      pts = place((i + 1) * BLOCK_NANOS + 200 * MILLI, 0);
    }
    assertEquals(76 * BLOCK_NANOS + 200 * MILLI, pts);
  }

  @Test
  void afterAPauseTheLineStartsAnew() {
    timeline.place(BLOCK_SAMPLES, BLOCK_NANOS);
    long later = 10 * SECOND;
    assertEquals(later - BLOCK_NANOS, timeline.place(BLOCK_SAMPLES, later));
    assertEquals(later, timeline.place(BLOCK_SAMPLES, later + BLOCK_NANOS));
  }

  private static void assertNear(long expected, long actual, long tolerance, String what) {
    assertTrue(Math.abs(actual - expected) <= tolerance, what + ": " + actual + ", " + expected);
  }
}
