package org.framecast.stream.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.framecast.stream.codec.CaptureShape;
import org.framecast.stream.codec.DeviceCatalog;
import org.framecast.stream.codec.DeviceInfo;
import org.framecast.stream.codec.DeviceKind;
import org.framecast.stream.codec.DeviceParts;
import org.framecast.stream.codec.DeviceRequest;
import org.framecast.stream.codec.VirtualScreen;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.SourceProvider;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoInfo;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.OptionBinder;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.PtpClient;
import org.framecast.stream.time.PtpStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Cameras, screens and sound inputs as sources, over a catalogue that notes what is asked of it.
 */
@Timeout(180)
class DeviceSourcesTest {
  private final FramePool frames = FramePool.open("frames", 4);
  private final BufferPool buffers = BufferPool.open("buffers", 1 << 20);
  private final Map<Class<?>, Object> parts =
      new HashMap<>(
          Map.of(
              FramePool.class,
              frames,
              BufferPool.class,
              buffers,
              MediaClock.class,
              MediaClock.system()));

  private final ComponentContext context =
      new ComponentContext() {
        @Override
        public <T> Optional<T> find(Class<T> type) {
          return Optional.ofNullable(parts.get(type)).map(type::cast);
        }
      };

  @AfterEach
  void nothingIsLeft() {
    assertEquals(0, frames.live());
    assertEquals(0, buffers.live());
    frames.close();
    buffers.close();
  }

  private StreamSource open(String kind, Map<String, ?> options) {
    return open(
        ComponentRegistry.load(DeviceSource.class.getClassLoader()).source(kind).orElseThrow(),
        options);
  }

  private <O extends Record> StreamSource open(SourceProvider<O> provider, Map<String, ?> options) {
    return provider.create(OptionBinder.bind(provider.optionsType(), options), context);
  }

  /** Notes what is asked of it, and gives one picture. */
  private final class NotingCatalog implements DeviceCatalog {
    final AtomicReference<DeviceRequest> asked = new AtomicReference<>();

    @Override
    public List<String> formats(DeviceKind kind) {
      return List.of();
    }

    @Override
    public List<DeviceInfo> list(DeviceKind kind) {
      return List.of();
    }

    @Override
    public StreamSource open(DeviceRequest request, DeviceParts with) {
      asked.set(request);
      return new StreamSource() {
        @Override
        public MediaInfo info() {
          return MediaInfo.ofVideo(new VideoInfo(16, 16, 0));
        }

        @Override
        public MediaItem next() {
          return new TimestampedFrame(
              with.frames().acquire(FrameShape.i420(16, 16)), with.sourceId(), 0, 90);
        }

        @Override
        public void close() {}
      };
    }
  }

  @Test
  void eachKindAsksTheCatalogueForItsDevice() throws InterruptedException {
    NotingCatalog catalog = new NotingCatalog();
    parts.put(DeviceCatalog.class, catalog);
    parts.put(
        PtpClient.class,
        new PtpClient() {
          @Override
          public PtpStatus status() {
            return PtpStatus.synchronised(1);
          }

          @Override
          public OptionalLong ptpNanos(long mediaNanos) {
            return OptionalLong.of(mediaNanos + 7);
          }
        });
    try (StreamSource camera =
            open("webcam", Map.of("device", "c", "width", 640, "height", 480, "rate", 30.0));
        TimestampedFrame frame = assertInstanceOf(TimestampedFrame.class, camera.next())) {
      assertEquals("webcam", frame.sourceId());
      assertEquals(OptionalLong.of(97), frame.ptpNanos());
    }
    CaptureShape size = new CaptureShape(640, 480, 0, 0, 30);
    assertEquals(new DeviceRequest(DeviceKind.WEBCAM, "", "c", size), catalog.asked.get());
    open("screen", Map.of("width", 64, "height", 48, "x", 3, "y", 4, "rate", 5.0)).close();
    CaptureShape part = new CaptureShape(64, 48, 3, 4, 5);
    assertEquals(new DeviceRequest(DeviceKind.SCREEN, "", "", part), catalog.asked.get());
    open("audio", Map.of("format", "pulse")).close();
    assertEquals(
        new DeviceRequest(DeviceKind.AUDIO, "pulse", "", CaptureShape.ANY), catalog.asked.get());
    for (String kind : List.of("webcam", "screen")) {
      assertEquals(
          MediaException.Code.OPTIONS,
          assertThrows(MediaException.class, () -> open(kind, Map.of("width", 64))).code());
    }
  }

  @Test
  void aScreenThatGoesAwayFailsItsSource() throws InterruptedException {
    VirtualScreen screen = VirtualScreen.open(160, 120);
    try (StreamSource source = open("screen", Map.of("device", screen.display(), "rate", 50.0))) {
      try (TimestampedFrame first = assertInstanceOf(TimestampedFrame.class, source.next())) {
        assertEquals(160, first.pixels().width());
      }
      screen.close();
      MediaException gone =
          assertThrows(
              MediaException.class,
              () -> {
                for (MediaItem item = source.next(); item != null; item = source.next()) {
                  item.close();
                }
              });
      assertEquals(MediaException.Code.SOURCE_FAILED, gone.code());
      assertTrue(String.valueOf(gone.getMessage()).contains(screen.display()), gone::toString);
    }
  }
}
