package org.framecast.stream.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.framecast.stream.media.Detection;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.LeastHeap;
import org.framecast.stream.media.TimestampedFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoxesLayerTest {
  private final FramePool pool = FramePool.open("test", 4);

  @AfterEach
  void everyFrameIsBack() {
    assertEquals(0, pool.live());
    pool.close();
  }

  private static BoxesLayer layer(int thickness, boolean labels) {
    return new BoxesLayer(new BoxesOptions(thickness, labels, labels, 2));
  }

  @Test
  void drawsTheLineInwardsInTheColourOfTheClass() {
    try (TimestampedFrame frame = Pictures.grey(pool, 200, 120)) {
      Pictures.with(frame, Pictures.box("face", 40, 30, 60, 50));
      layer(4, false).process(frame);
      Ink ink = Ink.ofClass(1);
      for (int x : new int[] {40, 43, 96, 99}) {
        assertEquals(ink.y(), Pictures.get(frame, 0, x, 55), "x " + x);
        assertEquals(ink.u(), Pictures.get(frame, 1, x / 2, 27), "x " + x);
        assertEquals(ink.v(), Pictures.get(frame, 2, x / 2, 27), "x " + x);
      }
      for (int y : new int[] {30, 33, 76, 79}) {
        assertEquals(ink.y(), Pictures.get(frame, 0, 70, y), "y " + y);
      }
      for (int x : new int[] {39, 44, 95, 100}) {
        assertEquals(Pictures.GREY, Pictures.get(frame, 0, x, 55), "x " + x);
      }
      for (int y : new int[] {29, 34, 75, 80}) {
        assertEquals(Pictures.GREY, Pictures.get(frame, 0, 70, y), "y " + y);
      }
    }
  }

  @Test
  void writesTheLabelAboveTheBoxAndInsideAtTheUpperEdge() {
    try (TimestampedFrame frame = Pictures.grey(pool, 320, 180)) {
      Pictures.with(
          frame, Pictures.box("face", 40, 60, 90, 50), Pictures.box("cat", 200, 2, 90, 50));
      layer(2, true).process(frame);
      int ground = Ink.ofClass(1).y();
      assertEquals(ground, Pictures.get(frame, 0, 41, 41));
      assertEquals(ground, Pictures.get(frame, 0, 201, 3));
      assertTrue(Pictures.edges(frame, 0, 40, 40, 150, 60) > 60);
      assertTrue(Pictures.edges(frame, 0, 200, 4, 300, 22) > 60);
    }
  }

  @Test
  void cutsOffWhatLiesOutside() {
    float inf = Float.POSITIVE_INFINITY;
    Detection[] odd = {
      Pictures.box("a", -20, -20, 500, 500),
      Pictures.box("b", 150, 100, 90, 90),
      Pictures.box("c", -90, -90, 30, 30),
      Pictures.box("d", 1e9f, -1e9f, 1e9f, inf),
      Pictures.box("e", Float.NaN, 10, 20, Float.NaN),
      Pictures.box("f", 20, 20, -5, -5),
      Pictures.box("a label that is much longer than the picture is wide", 0, 0, 0, 0),
    };
    try (TimestampedFrame frame = Pictures.grey(pool, 161, 91)) {
      Pictures.with(frame, odd);
      layer(16, true).process(frame);
      new BoxesLayer(new BoxesOptions(1, true, true, 6)).process(frame);
    }
  }

  @Test
  void drawsNothingWithoutDetections() {
    try (TimestampedFrame frame = Pictures.grey(pool, 64, 48)) {
      layer(3, true).process(frame);
      assertEquals(0, Pictures.edges(frame, 0, 0, 0, 64, 48));
    }
  }

  @Test
  void allocatesNothing() throws InterruptedException {
    BoxesLayer layer = layer(3, true);
    try (TimestampedFrame frame = Pictures.grey(pool, 640, 360)) {
      Pictures.with(frame, Pictures.box("face", 40, 60, 90, 50));
      long bytes =
          LeastHeap.of(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  layer.process(frame);
                }
              },
              16_000);
      assertTrue(bytes < 16_000, bytes / 1_000 + " bytes a frame");
    }
  }

  @Test
  void everyLetterHasAShapeOfItsOwn() {
    long unknown = BitmapFont.glyph('?');
    for (char a = '!'; a <= '~'; a++) {
      assertNotEquals(0, BitmapFont.glyph(a));
      for (char b = '!'; b < a; b++) {
        assertNotEquals(BitmapFont.glyph(a), BitmapFont.glyph(b), a + " and " + b);
      }
    }
    assertEquals(unknown, BitmapFont.glyph('\u4e2d'));
    assertEquals("Cafe Munchen", BitmapFont.drawable("Café\nMünchen"));
  }
}
