package org.framecast.stream.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimestampedFrameTest {
  private static final Detection STAR = new Detection("star", 3, 0.9f, 1, 2, 3, 4);
  private static final Detection FACE = new Detection("face", 4, 0.3f, 5, 6, 7, 8);

  private final FramePool pool = FramePool.open("frames", 1);

  @AfterEach
  void everyHoldIsGivenUp() {
    assertEquals(0, pool.live());
    pool.close();
  }

  private TimestampedFrame frame() {
    return new TimestampedFrame(pool.acquire(FrameShape.i420(16, 16)), "camera", 7, 1_000);
  }

  /** Without the second list a layer that hides would take the share for one nobody looked at. */
  @Test
  void aShareKnowsAllThatIsKnownAndHasTheSamePixels() {
    try (TimestampedFrame frame = frame()) {
      frame.ptpNanos(2_000);
      frame.metadata(Map.of("place", "roof"));
      frame.detections(List.of(STAR));
      frame.sensitive(List.of(STAR, FACE));
      try (TimestampedFrame share = frame.share()) {
        assertEquals(List.of(STAR), share.detections());
        assertEquals(List.of(STAR, FACE), share.sensitive());
        assertEquals(7, share.frameNumber());
        assertEquals(1_000, share.captureNanos());
        assertEquals("camera", share.sourceId());
        assertEquals(OptionalLong.of(2_000), share.ptpNanos());
        assertEquals(Map.of("place", "roof"), share.metadata());
        assertEquals(frame.pixels().plane(0).address(), share.pixels().plane(0).address());
      }
    }
  }

  @Test
  void aShareOfWhatNobodyLookedAtSaysSo() {
    try (TimestampedFrame frame = frame();
        TimestampedFrame share = frame.share()) {
      assertNull(share.detections());
      assertNull(share.sensitive());
    }
  }
}
