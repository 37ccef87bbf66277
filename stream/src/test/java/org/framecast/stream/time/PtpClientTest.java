package org.framecast.stream.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.OptionalLong;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.TimestampedFrame;
import org.junit.jupiter.api.Test;

class PtpClientTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @Test
  void theSystemClockSaysThatItFollowsNobody() {
    SystemClockPtpClient client = new SystemClockPtpClient(() -> NOON);
    assertEquals(PtpStatus.State.UNSYNCHRONISED, client.status().state());
    assertTrue(client.status().offsetNanos().isEmpty());
    assertTrue(client.ptpNanos(5).isEmpty());
    assertEquals(NOON, client.instant());
  }

  @Test
  void onlyASynchronisedClientStampsFrames() {
    PtpClient following =
        new PtpClient() {
          @Override
          public PtpStatus status() {
            return PtpStatus.synchronised(-40);
          }

          @Override
          public OptionalLong ptpNanos(long mediaNanos) {
            return OptionalLong.of(mediaNanos + 1_000);
          }
        };
    try (FramePool pool = FramePool.open("test", 2);
        TimestampedFrame stamped = following.stamp(frame(pool));
        TimestampedFrame plain = new SystemClockPtpClient(() -> NOON).stamp(frame(pool))) {
      assertEquals(OptionalLong.of(1_077), stamped.ptpNanos());
      assertTrue(plain.ptpNanos().isEmpty());
    }
    assertEquals(OptionalLong.of(-40), following.status().offsetNanos());
    assertThrows(
        IllegalArgumentException.class,
        () -> new PtpStatus(PtpStatus.State.SYNCHRONISED, OptionalLong.empty()));
  }

  private static TimestampedFrame frame(FramePool pool) {
    return new TimestampedFrame(pool.acquire(FrameShape.i420(16, 16)), "test", 0, 77);
  }
}
