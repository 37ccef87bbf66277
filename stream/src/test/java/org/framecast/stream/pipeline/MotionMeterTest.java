package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.VideoFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MotionMeterTest {
  private static final long FRAME_NANOS = 33_333_333;

  private final FramePool pool = FramePool.open("frames", 2);
  private final MotionMeter meter = new MotionMeter();

  @AfterEach
  void nothingIsLent() {
    assertEquals(0, pool.live());
    pool.close();
  }

  /** Shows a ramp that is shifted, or a plane of one level. */
  private void show(int width, int height, int level, int shift, long captureNanos) {
    try (VideoFrame frame = pool.acquire(FrameShape.i420(width, height))) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int value = shift < 0 ? level : Math.abs((x + shift) % 128 - 64) * 2 + 50;
          frame.plane(0).set(ValueLayout.JAVA_BYTE, (long) y * frame.stride(0) + x, (byte) value);
        }
      }
      meter.add(frame, captureNanos);
    }
  }

  private double flicker(int levels, long gapNanos, int count) {
    for (int i = 0; i < count; i++) {
      show(320, 180, 100 + i % 2 * levels, -1, i * gapNanos);
    }
    return meter.motion().orElseThrow();
  }

  @Test
  void aStillPictureDoesNotMove() {
    assertEquals(0, flicker(0, FRAME_NANOS, 60));
  }

  @Test
  void theDifferenceIsInLevels() {
    assertEquals(6, flicker(6, FRAME_NANOS, 60), 0.01);
  }

  @Test
  void anotherFrameRateIsBroughtToThirty() {
    assertEquals(3, flicker(6, 2 * FRAME_NANOS, 40), 0.01);
  }

  @Test
  void fasterMotionIsMore() {
    double before = 0;
    for (int speed = 1; speed <= 8; speed *= 2) {
      MotionMeterTest run = new MotionMeterTest();
      for (int i = 0; i < 60; i++) {
        run.show(320, 180, 0, i * speed, i * FRAME_NANOS);
      }
      double motion = run.meter.motion().orElseThrow();
      assertTrue(motion > before * 1.5, speed + " pixels: " + motion + " after " + before);
      before = motion;
      run.nothingIsLent();
    }
  }

  @Test
  void itSaysNothingAtFirstAndNothingOfTinyPictures() {
    show(320, 180, 100, -1, 0);
    show(320, 180, 200, -1, FRAME_NANOS);
    assertTrue(meter.motion().isEmpty());
    show(4, 4, 100, -1, 2 * FRAME_NANOS);
    assertTrue(meter.motion().isEmpty());
  }

  @Test
  void aCutToAnotherSizeIsNoMotion() {
    for (int i = 0; i < 60; i++) {
      show(i < 30 ? 320 : 160, 120, i < 30 ? 50 : 200, -1, i * FRAME_NANOS);
    }
    assertEquals(0, meter.motion().orElseThrow());
  }
}
