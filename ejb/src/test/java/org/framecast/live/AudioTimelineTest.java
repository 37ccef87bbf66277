package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AudioTimelineTest {
  private static final long BLOCK_NANOS = 20_000_000L;
  private static final int BLOCK_SAMPLES = 960;

  private final AudioTimeline timeline = new AudioTimeline();

  @Test
  void blocksThatArriveInBurstsFollowEachOtherWithoutAGap() {
    Random random = new Random(1);
    long first = timeline.place(BLOCK_SAMPLES, BLOCK_NANOS);
    assertEquals(0, first);
    for (int i = 1; i < 1_000; i++) {
      long jitter = random.nextLong(100_000_000L);
      assertEquals(i * BLOCK_NANOS, timeline.place(BLOCK_SAMPLES, (i + 1) * BLOCK_NANOS + jitter));
    }
  }

  @Test
  void afterAPauseTheLineStartsAnew() {
    timeline.place(BLOCK_SAMPLES, BLOCK_NANOS);
    long later = 10 * 1_000_000_000L;
    assertEquals(later - BLOCK_NANOS, timeline.place(BLOCK_SAMPLES, later));
    assertEquals(later, timeline.place(BLOCK_SAMPLES, later + BLOCK_NANOS));
  }
}
