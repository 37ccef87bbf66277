package org.framecast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.framecast.stream.compositor.DefaultCompositor;
import org.framecast.stream.compositor.DefaultCompositorProvider;
import org.framecast.stream.flow.AudioLayer;
import org.framecast.stream.flow.ComponentKind;
import org.framecast.stream.flow.ComponentProvider;
import org.framecast.stream.flow.Composition;
import org.framecast.stream.flow.Compositor;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.flow.Visual;
import org.framecast.stream.flow.Visual.Look;
import org.framecast.stream.flow.Visual.Visibility;
import org.framecast.stream.layer.DrawingLayer;
import org.framecast.stream.layer.VideoLayer;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.pipeline.Stream;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.time.FrameTimer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the core of the library is held to first, a test for each promise. */
class CoreTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;
  private static final int GREY = 100;

  private final FramePool pool = FramePool.open("core", 8);

  @AfterEach
  void everyFrameIsBack() {
    assertEquals(0, pool.live());
    pool.close();
  }

  private TimestampedFrame video() {
    VideoFrame pixels = pool.acquire(FrameShape.i420(WIDTH, HEIGHT));
    pixels.plane(0).fill((byte) GREY);
    pixels.plane(1).fill((byte) 128);
    pixels.plane(2).fill((byte) 128);
    return new TimestampedFrame(pixels, "camera", 3, 120_000_000);
  }

  private static int luma(TimestampedFrame frame) {
    return frame.pixels().plane(0).get(ValueLayout.JAVA_BYTE, 30L * frame.pixels().stride(0) + 30)
        & 0xFF;
  }

  private DrawingLayer fill(String name, Color colour) {
    return new DrawingLayer(
        name,
        (canvas, context) -> {
          canvas.setColor(colour);
          canvas.fillRect(0, 0, context.width(), context.height());
        },
        pool);
  }

  @Test
  void everyPartOfTheLibraryCanBeNamedAndLoaded() {
    List<Class<?>> parts =
        List.of(
            StreamSource.class,
            StreamSink.class,
            Layer.class,
            AudioLayer.class,
            Compositor.class,
            TimestampedFrame.class,
            FrameTimer.class,
            ComponentRegistry.class,
            DrawingLayer.class,
            VideoLayer.class,
            DefaultCompositor.class,
            Stream.class);
    for (Class<?> part : parts) {
      assertTrue(part.getPackageName().startsWith("org.framecast.stream."), part.getName());
      assertNotNull(part.getPackage().getAnnotation(org.jspecify.annotations.NullMarked.class));
    }
  }

  @Test
  void aTimestampedFrameKnowsItsTimesItsNumberItsSourceAndMore() {
    try (TimestampedFrame frame = video()) {
      assertEquals("camera", frame.sourceId());
      assertEquals(3, frame.frameNumber());
      assertEquals(120_000_000, frame.captureNanos());
      assertEquals(120_000_000, frame.ptsNanos());
      assertEquals(OptionalLong.empty(), frame.ptpNanos());
      frame.ptpNanos(7);
      frame.metadata(Map.of("lens", "wide"));
      try (TimestampedFrame share = frame.share()) {
        assertSame(frame.pixels(), share.pixels());
        assertEquals(OptionalLong.of(7), share.ptpNanos());
        assertEquals("wide", share.metadata().get("lens"));
      }
    }
  }

  @Test
  void aDrawingLayerDrawsARgbaPicture() {
    DrawingLayer layer = fill("red", Color.RED);
    try (TimestampedFrame frame = video();
        VideoFrame picture = layer.picture(frame)) {
      assertEquals(new FrameShape(PixelFormat.RGBA, WIDTH, HEIGHT), picture.shape());
      assertEquals(0xFF0000FF, picture.plane(0).get(ValueLayout.JAVA_INT, 0));
    }
  }

  @Test
  void aDrawingLayerFindsItsOwnVariablesInItsContext() {
    DrawingLayer layer =
        new DrawingLayer(
            "bar",
            (canvas, context) -> {
              canvas.setColor(Color.WHITE);
              int width = context.variable("width") instanceof Integer wide ? wide : 0;
              canvas.fillRect(0, 0, width, HEIGHT);
            },
            pool);
    layer.variables(Map.of("width", 31));
    try (TimestampedFrame frame = video()) {
      layer.process(frame);
      assertEquals(235, luma(frame), 1);
    }
    layer.variables(Map.of("width", 30));
    try (TimestampedFrame frame = video()) {
      layer.process(frame);
      assertEquals(GREY, luma(frame));
    }
  }

  @Test
  void aVideoLayerPassesThrough() {
    try (TimestampedFrame frame = video()) {
      VideoFrame pixels = frame.pixels();
      new VideoLayer().process(frame);
      assertSame(pixels, frame.pixels());
      assertEquals(GREY, luma(frame));
    }
  }

  @Test
  void aCompositorLaysLayersOverThePicture() {
    Visual half = Visual.of("half", fill("half", new Color(255, 255, 255, 128)));
    try (TimestampedFrame frame = video()) {
      new DefaultCompositor(Composition.over(half), pool).process(frame);
      assertEquals((235 * 128 + GREY * 127) / 255.0, luma(frame), 1.5);
    }
  }

  @Test
  void theOrderOfLayersIsTheirZ() {
    Visual white = Visual.of("white", fill("white", Color.WHITE));
    Visual black = Visual.of("black", fill("black", Color.BLACK));
    DefaultCompositor compositor =
        new DefaultCompositor(Composition.over(white.with(Look.z(2)), black.with(Look.z(1))), pool);
    try (TimestampedFrame frame = video()) {
      compositor.process(frame);
      assertEquals(235, luma(frame), 1);
      compositor.composition(Composition.over(white.with(Look.z(1)), black.with(Look.z(2))));
      compositor.process(frame);
      assertEquals(16, luma(frame), 1);
    }
  }

  @Test
  void aLayerThatIsNotVisibleIsNotSeen() {
    Visual white = Visual.of("white", fill("white", Color.WHITE));
    DefaultCompositor compositor =
        new DefaultCompositor(
            Composition.over(white.with(new Look(0, Visibility.HIDDEN, 1))), pool);
    try (TimestampedFrame frame = video()) {
      compositor.process(frame);
      assertEquals(GREY, luma(frame));
      compositor.composition(Composition.over(white));
      compositor.process(frame);
      assertEquals(235, luma(frame), 1);
    }
  }

  @Test
  void theRegistryFindsWhatIsThereAndTakesMore() {
    ComponentRegistry registry = ComponentRegistry.load(getClass().getClassLoader());
    List<String> layers = names(registry, ComponentKind.LAYER);
    assertTrue(
        layers.containsAll(List.of("text", "image", "picture-in-picture", "video")),
        layers.toString());
    assertEquals(List.of("default"), names(registry, ComponentKind.COMPOSITOR));
    ComponentRegistry mine = ComponentRegistry.of(List.of(new DefaultCompositorProvider()));
    assertEquals(List.of("default"), names(mine, ComponentKind.COMPOSITOR));
    assertThrows(IllegalArgumentException.class, () -> mine.with(new DefaultCompositorProvider()));
  }

  private static List<String> names(ComponentRegistry registry, ComponentKind kind) {
    return registry.all(kind).stream().map(ComponentProvider::name).toList();
  }
}
