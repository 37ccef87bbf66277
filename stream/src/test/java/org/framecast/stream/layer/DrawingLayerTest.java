package org.framecast.stream.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrawingLayerTest {
  private static final int WHITE = 235;

  private final FramePool pool = FramePool.open("drawing", 6);

  @AfterEach
  void everyFrameIsBack() {
    assertEquals(0, pool.live());
    pool.close();
  }

  private static void square(Graphics2D canvas, int x, int y) {
    canvas.setColor(Color.WHITE);
    canvas.fillRect(x, y, 10, 10);
  }

  @Test
  void whatIsDrawnLiesOverThePicture() {
    DrawingLayer layer = new DrawingLayer("square", (canvas, frame) -> square(canvas, 20, 8), pool);
    try (TimestampedFrame frame = Pictures.grey(pool, 100, 60)) {
      layer.process(frame);
      assertEquals(WHITE, Pictures.get(frame, 0, 20, 8), 1);
      assertEquals(WHITE, Pictures.get(frame, 0, 29, 17), 1);
      assertEquals(Pictures.GREY, Pictures.get(frame, 0, 19, 8));
      assertEquals(Pictures.GREY, Pictures.get(frame, 0, 30, 17));
      assertEquals(0, layer.faults());
    }
  }

  @Test
  void itsPictureIsStraightRgbaOutsideTheHeap() {
    Color half = new Color(200, 100, 50, 128);
    DrawingLayer layer =
        new DrawingLayer(
            "x",
            (canvas, frame) -> {
              canvas.setColor(half);
              canvas.fillRect(0, 0, 5, 5);
            },
            pool);
    try (TimestampedFrame frame = Pictures.grey(pool, 30, 20);
        VideoFrame picture = layer.picture(frame)) {
      assertEquals(PixelFormat.RGBA, picture.format());
      assertTrue(picture.plane(0).isNative());
      int[] expected = {200, 100, 50, 128};
      for (int channel = 0; channel < 4; channel++) {
        assertEquals(
            expected[channel],
            picture.plane(0).get(ValueLayout.JAVA_BYTE, 4 * 2 + channel) & 0xFF,
            1);
        assertEquals(0, picture.plane(0).get(ValueLayout.JAVA_BYTE, 4 * 7 + channel));
      }
    }
  }

  @Test
  void theContextTellsFrameTimeSizeAndOwnVariables() {
    List<DrawingContext> seen = new ArrayList<>();
    DrawingLayer layer = new DrawingLayer("x", (canvas, context) -> seen.add(context), pool);
    layer.variables(Map.of("score", 3));
    try (VideoFrame pixels = pool.acquire(org.framecast.stream.media.FrameShape.i420(30, 20))) {
      layer.process(new TimestampedFrame(pixels, "test", 7, 1_500_000_000));
      layer.variables(Map.of("score", 4));
      layer.process(new TimestampedFrame(pixels, "test", 8, 1_540_000_000));
    }
    assertEquals(
        List.of(
            new DrawingContext(7, 1_500_000_000, 30, 20, Map.of("score", 3)),
            new DrawingContext(8, 1_540_000_000, 30, 20, Map.of("score", 4))),
        seen);
    assertEquals(1.5, seen.getFirst().seconds());
    assertEquals(3, seen.getFirst().variable("score"));
    assertEquals(null, seen.getFirst().variable("other"));
  }

  @Test
  void aFaultyFunctionGivesATransparentFrameIsCountedAndTold() {
    List<String> told = new ArrayList<>();
    DrawingLayer layer =
        new DrawingLayer(
            "faulty",
            (canvas, context) -> {
              square(canvas, 0, 0);
              if (context.frameNumber() == 1) {
                throw new IllegalStateException("on purpose");
              }
              if (context.frameNumber() == 2) {
                throw new StackOverflowError("on purpose");
              }
            },
            pool,
            (name, number, cause) -> told.add(name + " " + number + " " + cause.getMessage()));
    for (long number = 0; number < 4; number++) {
      try (TimestampedFrame frame =
          new TimestampedFrame(Pictures.grey(pool, 40, 30).pixels(), "test", number, number)) {
        layer.process(frame);
        boolean drawn = number == 0 || number == 3;
        assertEquals(drawn ? WHITE : Pictures.GREY, Pictures.get(frame, 0, 5, 5), 1);
      }
    }
    assertEquals(2, layer.faults());
    assertEquals(List.of("faulty 1 on purpose", "faulty 2 on purpose"), told);
    try (TimestampedFrame frame =
            new TimestampedFrame(Pictures.grey(pool, 40, 30).pixels(), "test", 1, 1);
        VideoFrame picture = layer.picture(frame)) {
      for (int i = 0; i < 40 * 4; i++) {
        assertEquals(0, picture.plane(0).get(ValueLayout.JAVA_BYTE, i));
      }
    }
  }

  @Test
  void aFaultyVersionIsTakenAsNew() {
    Drawing odd =
        new Drawing() {
          @Override
          public void draw(Graphics2D canvas, DrawingContext context) {
            square(canvas, 0, 0);
          }

          @Override
          public Object version(DrawingContext context) {
            throw new IllegalStateException("on purpose");
          }
        };
    DrawingLayer layer = new DrawingLayer("x", odd, pool);
    for (int i = 0; i < 3; i++) {
      try (TimestampedFrame frame = Pictures.grey(pool, 40, 30)) {
        layer.process(frame);
        assertEquals(WHITE, Pictures.get(frame, 0, 5, 5), 1);
      }
    }
  }

  @Test
  void aDrawingThatStaysIsDrawnOnceAndKeptUntilVariablesOrSizeChange() {
    AtomicInteger drawn = new AtomicInteger();
    DrawingLayer layer =
        new DrawingLayer(
            "still",
            Drawing.still(
                (canvas, context) -> {
                  drawn.incrementAndGet();
                  square(canvas, context.variable("x") instanceof Integer x ? x : 0, 0);
                }),
            pool);
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      frame(layer, 40, i < 2 ? 0 : 0);
    }
    counts.add(drawn.get());
    layer.variables(Map.of("x", 20));
    for (int i = 0; i < 4; i++) {
      frame(layer, 40, 20);
    }
    counts.add(drawn.get());
    for (int i = 0; i < 4; i++) {
      frame(layer, 60, 20);
    }
    counts.add(drawn.get());
    assertEquals(List.of(2, 4, 6), counts, "seen once, prepared once");
  }

  private void frame(DrawingLayer layer, int width, int x) {
    try (TimestampedFrame frame = Pictures.grey(pool, width, 30)) {
      layer.process(frame);
      assertEquals(WHITE, Pictures.get(frame, 0, x + 5, 5), 1);
      assertEquals(Pictures.GREY, Pictures.get(frame, 0, x + 15, 5));
    }
  }

  @Test
  void nothingOfOneFrameIsLeftOnTheCanvasOfTheNext() {
    DrawingLayer layer =
        new DrawingLayer(
            "moves",
            (canvas, context) -> square(canvas, (int) context.frameNumber() * 20, 0),
            pool);
    for (int i = 0; i < 3; i++) {
      try (TimestampedFrame frame =
          new TimestampedFrame(Pictures.grey(pool, 80, 20).pixels(), "test", i, i)) {
        layer.process(frame);
        for (int x = 0; x < 3; x++) {
          int seen = Pictures.get(frame, 0, 20 * x + 5, 5);
          if (x == i) {
            assertEquals(WHITE, seen, 1);
          } else {
            assertEquals(Pictures.GREY, seen);
          }
        }
        assertNotEquals(0, Pictures.get(frame, 0, 0, 0));
      }
    }
  }
}
