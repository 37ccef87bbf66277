package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.Stage;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.LeastHeap;
import org.junit.jupiter.api.Test;

class StageStatisticsTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong(77);
  private final StageStatistics statistics = new StageStatistics(now::get, Duration.ofSeconds(4));

  @Test
  void quantilesAreOfTheLastSecondsAlone() {
    statistics.record(Stage.ENCODE, 999_999);
    now.addAndGet(5 * SECOND);
    for (int i = 100; i > 0; i--) {
      statistics.record(Stage.ENCODE, i);
    }
    Percentiles encode = statistics.snapshot().latency(Stage.ENCODE);
    assertEquals(new Percentiles(50, 95, 100), encode);
    assertEquals(Percentiles.NONE, statistics.snapshot().latency(Stage.DECODE));
    now.addAndGet(5 * SECOND);
    assertEquals(Percentiles.NONE, statistics.snapshot().latency(Stage.ENCODE));
  }

  @Test
  void ratesAreOfTheLastSeconds() {
    for (int i = 0; i < 250; i++) {
      statistics.frameIn(1);
      if (i % 2 == 0) {
        statistics.frameOut();
        statistics.coded(1_000);
      }
      now.addAndGet(SECOND / 25);
    }
    StatisticsSnapshot numbers = statistics.snapshot();
    assertEquals(25, numbers.fpsIn(), 0.5);
    assertEquals(12.5, numbers.fpsOut(), 0.5);
    assertEquals(100_000, numbers.videoBps(), 4_000);
    assertEquals(250, numbers.framesIn());
    assertEquals(125, numbers.framesOut());
    now.addAndGet(10 * SECOND);
    assertEquals(0, statistics.snapshot().fpsIn());
  }

  @Test
  void aStreamThatJustBeganHasItsRateToo() {
    for (int i = 0; i < 30; i++) {
      statistics.frameIn(1);
      now.addAndGet(SECOND / 30);
    }
    assertEquals(30, statistics.snapshot().fpsIn(), 1);
  }

  @Test
  void dropsAreCountedByKind() {
    statistics.dropped(DropKind.LATE);
    statistics.dropped(DropKind.LATE);
    statistics.dropped(DropKind.PRIVACY);
    StatisticsSnapshot numbers = statistics.snapshot();
    assertEquals(2, numbers.dropped(DropKind.LATE));
    assertEquals(1, numbers.dropped(DropKind.PRIVACY));
    assertEquals(0, numbers.dropped(DropKind.ERROR));
  }

  @Test
  void recordingAllocatesNothing() throws InterruptedException {
    long bytes = LeastHeap.of(this::recordOften, 20_000);
    assertTrue(bytes < 20_000, bytes + " bytes");
  }

  private void recordOften() {
    for (int i = 0; i < 10_000; i++) {
      statistics.record(Stage.TOTAL, i);
      statistics.dropped(DropKind.LATE);
    }
  }

  @Test
  void bitratesFollowTheReference() {
    assertEquals(500_000, Bitrates.videoBps(Codec.VP8, 640, 360, 30), 1);
    assertEquals(2_500_000, Bitrates.videoBps(Codec.VP8, 1280, 720, 30), 1);
    assertEquals(4_000_000, Bitrates.videoBps(Codec.H264, 1920, 1080, 30), 1);
    assertTrue(Bitrates.videoBps(Codec.VP8, 3840, 2160, 30) > 4_000_000);
    int at60 = Bitrates.videoBps(Codec.VP8, 1280, 720, 60);
    assertTrue(at60 > 4_000_000 && at60 < 5_000_000, at60 + " bit/s");
    assertTrue(Bitrates.videoBps(Codec.AV1, 1280, 720, 30) < 2_500_000);
    assertTrue(Bitrates.videoBps(Codec.VP8, 16, 16, 1) >= 60_000);
    assertTrue(Bitrates.videoBps(Codec.VP8, 16_384, 16_384, 120) <= 20_000_000);
    int previous = 0;
    for (int width = 64; width <= 4096; width += 64) {
      int bps = Bitrates.videoBps(Codec.VP8, width, width * 9 / 16, 30);
      assertTrue(bps >= previous, width + " px");
      previous = bps;
    }
  }
}
