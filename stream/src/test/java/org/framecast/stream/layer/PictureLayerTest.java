package org.framecast.stream.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.StillImage;
import org.framecast.stream.media.TimestampedFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PictureLayerTest {
  private static final int RED = 0xFFFF0000;
  private static final int BLUE = 0xFF0000FF;

  private final FramePool pool = FramePool.open("test", 4);

  @AfterEach
  void everyFrameIsBack() {
    assertEquals(0, pool.live());
    pool.close();
  }

  /** Left half one colour, right half another. */
  private static StillImage halves(int width, int height, int left, int right) {
    int[] argb = new int[width * height];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = i % width < width / 2 ? left : right;
    }
    return new StillImage(width, height, argb);
  }

  private static PictureLayer layer(StillImage image, double opacity) {
    return new PictureLayer(new PictureOptions(opacity, 1), YuvaImage.of(image));
  }

  private static void assertInk(Ink ink, TimestampedFrame frame, int x, int y) {
    assertEquals(ink.y(), Pictures.get(frame, 0, x, y), 1);
    assertEquals(ink.u(), Pictures.get(frame, 1, x / 2, y / 2), 1);
    assertEquals(ink.v(), Pictures.get(frame, 2, x / 2, y / 2), 1);
  }

  @Test
  void fillsTheBoxAndKeepsTheShape() {
    try (TimestampedFrame frame = Pictures.grey(pool, 320, 180)) {
      Pictures.with(frame, Pictures.box("face", 100, 40, 40, 80));
      // Twice as wide as high: in a box twice as high as wide, only the middle quarter is seen.
      layer(halves(400, 200, RED, BLUE), 1).process(frame);
      assertInk(Ink.rgb(0xFF0000), frame, 102, 42);
      assertInk(Ink.rgb(0xFF0000), frame, 116, 118);
      assertInk(Ink.rgb(0x0000FF), frame, 124, 42);
      assertInk(Ink.rgb(0x0000FF), frame, 138, 118);
      assertEquals(Pictures.GREY, Pictures.get(frame, 0, 99, 60));
      assertEquals(Pictures.GREY, Pictures.get(frame, 0, 140, 60));
      assertEquals(Pictures.GREY, Pictures.get(frame, 0, 120, 39));
      assertEquals(Pictures.GREY, Pictures.get(frame, 0, 120, 120));
    }
  }

  @Test
  void mixesByAlphaAndOpacity() {
    int halfWhite = 0x80FFFFFF;
    try (TimestampedFrame frame = Pictures.grey(pool, 100, 100)) {
      Pictures.with(frame, Pictures.box("face", 20, 20, 40, 40));
      layer(halves(64, 64, 0x00FFFFFF, halfWhite), 0.5).process(frame);
      assertEquals(Pictures.GREY, Pictures.get(frame, 0, 25, 40));
      assertEquals(Pictures.GREY + 135 / 4, Pictures.get(frame, 0, 55, 40), 2);
    }
  }

  @Test
  void drawsSmallAndLargeAndBeyondTheEdges() {
    StillImage image = halves(3_000, 1_500, RED, BLUE);
    try (TimestampedFrame frame = Pictures.grey(pool, 321, 181)) {
      Pictures.with(
          frame,
          Pictures.box("a", -100, -100, 1_000, 1_000),
          Pictures.box("b", 300, 170, 50, 50),
          Pictures.box("c", 10, 10, 3, 3),
          Pictures.box("d", Float.NaN, 10, Float.NaN, 3),
          Pictures.box("e", 10, 10, -3, -3));
      layer(image, 1).process(frame);
      assertInk(Ink.rgb(0xFF0000), frame, 4, 100);
    }
  }

  @Test
  void convertsASourceOnce() {
    StillImage image = halves(64, 64, RED, BLUE);
    assertSame(YuvaImage.of(image), YuvaImage.of(image));
    assertTrue(YuvaImage.of(image).levelFor(5).width() < 64);
    assertEquals(64, YuvaImage.of(image).levelFor(500).width());
  }
}
