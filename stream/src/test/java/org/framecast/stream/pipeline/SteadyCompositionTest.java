package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.framecast.stream.compositor.DefaultCompositor;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.Composition;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.flow.Visual;
import org.framecast.stream.layer.Drawing;
import org.framecast.stream.layer.DrawingLayer;
import org.framecast.stream.layer.TextLayerProvider;
import org.framecast.stream.layer.TextOptions;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoInfo;
import org.framecast.stream.plugin.OptionBinder;
import org.framecast.stream.time.Deadline;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A whole stream with layers that do not change, measured once it has settled. */
class SteadyCompositionTest {
  private static final FrameShape SHAPE = FrameShape.i420(320, 180);
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);
  private static final int WINDOW = 2_000;
  private static final int LIMIT_BYTES = 1_024;

  private final PipelineFixture fixture =
      new PipelineFixture(new FakeCodecs(), MediaClock.system());
  private final AtomicLong taken = new AtomicLong();

  @AfterEach
  void nothingIsLeft() {
    fixture.close();
    assertEquals(0, fixture.frames.live());
  }

  /** Gives pictures as fast as it is asked. */
  private final class Pictures implements StreamSource {
    private long next;
    private volatile boolean closed;

    @Override
    public MediaInfo info() {
      return MediaInfo.ofVideo(new VideoInfo(SHAPE.width(), SHAPE.height(), 25));
    }

    @Override
    public @Nullable MediaItem next() {
      return closed
          ? null
          : new TimestampedFrame(
              fixture.frames.acquire(SHAPE), "steady", next, next++ * 40_000_000L);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** Counts. */
  private final class Counter implements StreamSink {
    @Override
    public DeliveryPolicy delivery() {
      return DeliveryPolicy.EVERY_FRAME;
    }

    @Override
    public void begin(MediaInfo info) {}

    @Override
    public void accept(MediaItem item) {
      taken.incrementAndGet();
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
  }

  private Layer text() {
    ComponentContext context =
        new ComponentContext() {
          @Override
          public <T> Optional<T> find(Class<T> type) {
            return type == FramePool.class
                ? Optional.of(type.cast(fixture.frames))
                : Optional.empty();
          }
        };
    TextOptions options = OptionBinder.bind(TextOptions.class, Map.of("text", "stays"));
    return new TextLayerProvider().create(options, context);
  }

  private DrawingLayer drawing(String name, int alpha) {
    return new DrawingLayer(
        name,
        Drawing.still(
            (canvas, frame) -> {
              canvas.setColor(new Color(200, 20, 20, alpha));
              canvas.fillOval(0, 0, frame.width(), frame.height());
            }),
        fixture.frames);
  }

  @Test
  void layersThatDoNotChangeAllocateLessThanAKilobyteForAFrame() throws InterruptedException {
    Composition composition =
        Composition.over(
            Visual.of("one", drawing("one", 90)), Visual.of("two", drawing("two", 180)));
    try (Stream stream =
        Stream.from(new Pictures())
            .layer(drawing("below", 128))
            .layer(new DefaultCompositor(composition, fixture.frames))
            .layer(text())
            .to(new Counter())
            .open(fixture.resources)
            .start()) {
      Deadline end = Deadline.in(SETTLED_WITHIN);
      long bytes = fixture.heapBytesPerFrame(taken::get, WINDOW);
      while (bytes >= LIMIT_BYTES && !end.passed()) {
        bytes = fixture.heapBytesPerFrame(taken::get, WINDOW);
      }
      assertTrue(bytes < LIMIT_BYTES, bytes + " bytes of heap for each frame");
    }
  }
}
