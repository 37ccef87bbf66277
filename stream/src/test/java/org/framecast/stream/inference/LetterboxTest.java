package org.framecast.stream.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.VideoFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterboxTest {
  private static final int SIZE = 320;

  private final FramePool pool = FramePool.open("letterbox", 2);

  @AfterEach
  void leavesNoFrame() {
    assertEquals(0, pool.live());
    pool.close();
  }

  @ParameterizedTest
  @CsvSource({
    "320,320",
    "1280,720",
    "640,360",
    "640,480",
    "1920,1080",
    "321,177",
    "97,1000",
    "31,7",
    "1,1"
  })
  void vectorsAndPlainJavaGiveTheSameBits(int width, int height) {
    try (Arena arena = Arena.ofConfined();
        VideoFrame frame = noise(width, height)) {
      MemorySegment plain = arena.allocate(3L * SIZE * SIZE * 4);
      MemorySegment vector = arena.allocate(3L * SIZE * SIZE * 4);
      assertEquals(
          Letterbox.scalar(plain, SIZE, SIZE).fill(frame),
          Letterbox.vector(vector, SIZE, SIZE).fill(frame));
      assertEquals(-1, plain.mismatch(vector));
    }
  }

  @Test
  void aWidePictureLiesInTheMiddleBetweenGrey() {
    try (Arena arena = Arena.ofConfined();
        VideoFrame frame = flat(1280, 720, 235, 128, 128)) {
      MemorySegment input = arena.allocate(3L * SIZE * SIZE * 4);
      LetterboxFit fit = Letterbox.of(input, SIZE, SIZE).fill(frame);
      assertEquals(new LetterboxFit(0.25f, 0, 70, 320, 180), fit);
      for (int channel = 0; channel < 3; channel++) {
        assertEquals(114f / 255, at(input, channel, 69, 160), 1e-6f);
        assertEquals(1f, at(input, channel, 70, 0), 1e-6f);
        assertEquals(1f, at(input, channel, 249, 319), 1e-6f);
        assertEquals(114f / 255, at(input, channel, 250, 160), 1e-6f);
      }
    }
  }

  @Test
  void theGreyIsWrittenAnewWhenTheSizeOfThePicturesChanges() {
    try (Arena arena = Arena.ofConfined();
        VideoFrame square = flat(320, 320, 235, 128, 128);
        VideoFrame wide = flat(640, 360, 16, 128, 128)) {
      MemorySegment input = arena.allocate(3L * SIZE * SIZE * 4);
      Letterbox letterbox = Letterbox.of(input, SIZE, SIZE);
      letterbox.fill(square);
      letterbox.fill(wide);
      assertEquals(114f / 255, at(input, 0, 10, 10), 1e-6f);
      assertEquals(0f, at(input, 0, 160, 160), 1e-6f);
    }
  }

  @Test
  void coloursAreThoseOfBt601() {
    try (Arena arena = Arena.ofConfined();
        VideoFrame red = flat(64, 64, 81, 90, 240)) {
      MemorySegment input = arena.allocate(3L * SIZE * SIZE * 4);
      Letterbox.of(input, SIZE, SIZE).fill(red);
      assertEquals(1f, at(input, 0, 100, 100), 0.01f);
      assertEquals(0f, at(input, 1, 100, 100), 0.01f);
      assertEquals(0f, at(input, 2, 100, 100), 0.01f);
    }
  }

  @Test
  void aRampStaysARamp() {
    try (Arena arena = Arena.ofConfined();
        VideoFrame ramp = flat(640, 640, 16, 128, 128)) {
      for (int y = 0; y < 640; y++) {
        for (int x = 0; x < 640; x++) {
          ramp.plane(0)
              .set(ValueLayout.JAVA_BYTE, (long) y * ramp.stride(0) + x, (byte) (16 + x / 3));
        }
      }
      MemorySegment input = arena.allocate(3L * SIZE * SIZE * 4);
      Letterbox.of(input, SIZE, SIZE).fill(ramp);
      for (int x = 1; x < SIZE; x++) {
        float step = at(input, 1, 7, x) - at(input, 1, 7, x - 1);
        assertTrue(step >= 0 && step < 1.1f / 219, "step " + step + " at " + x);
      }
      assertEquals((16 + 638.5f / 3 - 0.4f - 16) / 219, at(input, 1, 7, 319), 0.003f);
    }
  }

  private static float at(MemorySegment input, int channel, int y, int x) {
    return input.getAtIndex(ValueLayout.JAVA_FLOAT, ((long) channel * SIZE + y) * SIZE + x);
  }

  private VideoFrame flat(int width, int height, int luma, int u, int v) {
    VideoFrame frame = pool.acquire(FrameShape.i420(width, height));
    frame.plane(0).fill((byte) luma);
    frame.plane(1).fill((byte) u);
    frame.plane(2).fill((byte) v);
    return frame;
  }

  private VideoFrame noise(int width, int height) {
    VideoFrame frame = pool.acquire(FrameShape.i420(width, height));
    Random random = new Random(width * 31L + height);
    for (int plane = 0; plane < 3; plane++) {
      byte[] bytes = new byte[(int) frame.plane(plane).byteSize()];
      random.nextBytes(bytes);
      MemorySegment.copy(bytes, 0, frame.plane(plane), ValueLayout.JAVA_BYTE, 0, bytes.length);
    }
    return frame;
  }
}
