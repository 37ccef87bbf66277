package org.framecast.stream.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.framecast.stream.codec.CaptureShape;
import org.framecast.stream.codec.DeviceCatalog;
import org.framecast.stream.codec.DeviceInfo;
import org.framecast.stream.codec.DeviceKind;
import org.framecast.stream.codec.DeviceParts;
import org.framecast.stream.codec.DeviceRequest;
import org.framecast.stream.codec.VirtualScreen;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.AudioInfo;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.time.MediaClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class FfmpegDevicesTest {
  private final FramePool frames = FramePool.open("frames", 4);
  private final BufferPool buffers = BufferPool.open("buffers", 1 << 24);
  private final DeviceParts parts = new DeviceParts("test", frames, buffers, MediaClock.system());
  private int nativesBefore;

  @BeforeEach
  void countNatives() {
    nativesBefore = Ffmpeg.live();
  }

  @AfterEach
  void nothingIsLeft() {
    assertEquals(0, frames.live());
    assertEquals(0, buffers.live());
    frames.close();
    buffers.close();
    assertEquals(nativesBefore, Ffmpeg.live());
  }

  private static FfmpegDevices linux(Map<String, String> environment) {
    return new FfmpegDevices(DevicePlatform.LINUX, environment);
  }

  private static DeviceRequest screen(String device, CaptureShape shape) {
    return new DeviceRequest(DeviceKind.SCREEN, "", device, shape);
  }

  private static MediaException.Code refusal(Runnable work) {
    return assertThrows(MediaException.class, work::run).code();
  }

  @Test
  void aScreenIsSeenWholeAndInPart() throws InterruptedException {
    try (VirtualScreen virtual = VirtualScreen.open(320, 200)) {
      FfmpegDevices devices = linux(Map.of("DISPLAY", virtual.display()));
      assertEquals(
          List.of(
              new DeviceInfo(
                  DeviceKind.SCREEN,
                  "x11grab",
                  virtual.display(),
                  "X display " + virtual.display())),
          devices.list(DeviceKind.SCREEN));
      try (StreamSource whole = devices.open(screen("", new CaptureShape(0, 0, 0, 0, 50)), parts)) {
        assertEquals(320, whole.info().video().orElseThrow().width());
        assertEquals(50, whole.info().video().orElseThrow().frameRate(), 0.01);
        long last = Long.MIN_VALUE;
        for (int i = 0; i < 5; i++) {
          try (TimestampedFrame frame = assertInstanceOf(TimestampedFrame.class, whole.next())) {
            assertEquals(200, frame.pixels().height());
            assertEquals(i, frame.frameNumber());
            assertEquals(16, frame.pixels().plane(0).get(ValueLayout.JAVA_BYTE, 0), "black");
            assertTrue(frame.captureNanos() > last);
            last = frame.captureNanos();
          }
        }
      }
      CaptureShape part = new CaptureShape(64, 48, 100, 20, 25);
      try (StreamSource some = devices.open(screen("", part), parts);
          TimestampedFrame frame = assertInstanceOf(TimestampedFrame.class, some.next())) {
        assertEquals(64, frame.pixels().width());
      }
      CaptureShape outside = new CaptureShape(64, 48, 300, 20, 25);
      assertEquals(
          MediaException.Code.SOURCE_FAILED,
          refusal(() -> devices.open(screen("", outside), parts)));
    }
  }

  @Test
  void aScreenThatGoesAwayEndsItsSource() throws InterruptedException {
    VirtualScreen virtual = VirtualScreen.open(320, 200);
    FfmpegDevices devices = linux(Map.of());
    try (StreamSource source =
        devices.open(screen(virtual.display(), new CaptureShape(0, 0, 0, 0, 50)), parts)) {
      MediaItem first = source.next();
      assertInstanceOf(TimestampedFrame.class, first).close();
      virtual.close();
      MediaException gone =
          assertThrows(
              MediaException.class,
              () -> {
                for (MediaItem item = source.next(); item != null; item = source.next()) {
                  item.close();
                }
              });
      assertEquals(MediaException.Code.SOURCE_FAILED, gone.code());
      assertTrue(String.valueOf(gone.getMessage()).contains("is gone"), gone::toString);
    }
  }

  @Test
  void whereNoScreenIsThereIsAClearWord() {
    assertEquals(
        MediaException.Code.SOURCE_FAILED,
        refusal(() -> linux(Map.of()).open(screen("", CaptureShape.ANY), parts)));
    assertEquals(
        MediaException.Code.SOURCE_FAILED,
        refusal(() -> linux(Map.of()).open(screen(":9876", CaptureShape.ANY), parts)));
    assertEquals(List.of(), linux(Map.of()).list(DeviceKind.SCREEN));
    Map<String, String> wayland = Map.of("WAYLAND_DISPLAY", "wayland-0");
    assertEquals(
        MediaException.Code.UNSUPPORTED,
        refusal(() -> linux(wayland).open(screen("", CaptureShape.ANY), parts)));
    DeviceRequest pipewire = new DeviceRequest(DeviceKind.SCREEN, "pipewire", "", CaptureShape.ANY);
    assertEquals(
        MediaException.Code.UNSUPPORTED, refusal(() -> linux(wayland).open(pipewire, parts)));
  }

  @Test
  void whatIsNoDeviceIsNotOpened() {
    for (String format : List.of("lavfi", "concat", "avfoundation", "x11grab")) {
      DeviceRequest request = new DeviceRequest(DeviceKind.AUDIO, format, "sine", CaptureShape.ANY);
      assertEquals(
          MediaException.Code.UNSUPPORTED, refusal(() -> linux(Map.of()).open(request, parts)));
    }
    FfmpegDevices windows = new FfmpegDevices(DevicePlatform.WINDOWS, Map.of());
    assertEquals(
        MediaException.Code.UNSUPPORTED,
        refusal(() -> windows.open(screen("", CaptureShape.ANY), parts)),
        "FFmpeg for Linux has no gdigrab");
  }

  @Test
  void aCameraOrAMicrophoneThatIsNotThereIsAClearWord() {
    DeviceRequest camera =
        new DeviceRequest(DeviceKind.WEBCAM, "", "/dev/video98", CaptureShape.ANY);
    assertEquals(
        MediaException.Code.SOURCE_FAILED, refusal(() -> linux(Map.of()).open(camera, parts)));
    for (String format : List.of("alsa", "pulse")) {
      DeviceRequest microphone =
          new DeviceRequest(DeviceKind.AUDIO, format, "hw:77", CaptureShape.ANY);
      assertEquals(
          MediaException.Code.SOURCE_FAILED,
          refusal(() -> linux(Map.of()).open(microphone, parts)),
          format);
    }
    List<DeviceInfo> cameras = linux(Map.of()).list(DeviceKind.WEBCAM);
    assertTrue(cameras.stream().allMatch(found -> found.format().equals("v4l2")));
  }

  /** ALSA's own device without hardware, which leaves the samples as they lie in memory. */
  @Test
  void blocksOfAlsaArrive() throws InterruptedException {
    DeviceRequest request = new DeviceRequest(DeviceKind.AUDIO, "alsa", "null", CaptureShape.ANY);
    assertTrue(
        linux(Map.of()).list(DeviceKind.AUDIO).stream()
            .anyMatch(found -> found.id().equals("null")));
    try (StreamSource source = linux(Map.of()).open(request, parts)) {
      assertTrue(source.info().video().isEmpty());
      try (AudioFrame block = assertInstanceOf(AudioFrame.class, source.next())) {
        assertTrue(block.samples() > 0);
      }
    }
  }

  @Test
  void soundOfAnyRateAndChannelsBecomesTheWorkingFormat() throws InterruptedException {
    DeviceArguments tone =
        new DeviceArguments("sine=frequency=1000:sample_rate=44100:duration=1", Map.of());
    List<Float> left = new ArrayList<>();
    long next = Long.MIN_VALUE;
    try (StreamSource source = FfmpegDevices.open("lavfi", tone, DeviceKind.AUDIO, parts)) {
      assertEquals(new AudioInfo(44_100, 1), source.info().audio().orElseThrow());
      for (MediaItem item = source.next(); item != null; item = source.next()) {
        try (AudioFrame block = assertInstanceOf(AudioFrame.class, item)) {
          for (int i = 0; i < block.samples(); i++) {
            left.add(block.content().getAtIndex(ValueLayout.JAVA_FLOAT, 2L * i));
            assertEquals(
                left.getLast(), block.content().getAtIndex(ValueLayout.JAVA_FLOAT, 2L * i + 1));
          }
          assertTrue(block.ptsNanos() > next);
          next = block.ptsNanos();
        }
      }
    }
    assertEquals(48_000, left.size(), 100);
    int rising = 0;
    for (int i = 1; i < left.size(); i++) {
      rising += left.get(i - 1) < 0 && left.get(i) >= 0 ? 1 : 0;
    }
    assertEquals(1_000, rising, 3, "of the thousand waves of a second");
  }

  @Test
  void aCloseEndsAReadThatWaits() throws InterruptedException {
    try (VirtualScreen virtual = VirtualScreen.open(320, 200)) {
      StreamSource source =
          linux(Map.of()).open(screen(virtual.display(), new CaptureShape(0, 0, 0, 0, 2)), parts);
      CountDownLatch first = new CountDownLatch(1);
      List<Throwable> failures = new ArrayList<>();
      Thread reader =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (MediaItem item = source.next(); item != null; item = source.next()) {
                        item.close();
                        first.countDown();
                      }
                    } catch (InterruptedException | RuntimeException e) {
                      failures.add(e);
                    }
                  });
      first.await();
      source.close();
      reader.join();
      assertEquals(List.of(), failures);
      assertNull(source.next());
      source.close();
    }
  }

  @Test
  void aMissingLibraryIsNamedWithItsPackage() {
    UnsatisfiedLinkError missing =
        new UnsatisfiedLinkError(
            "/x/libjniavdevice.so: libxcb-shm.so.0: cannot open shared object file: No such file");
    assertEquals(
        "devices need the system's libxcb-shm; install the package libxcb-shm0",
        DeviceLibrary.explain(new ExceptionInInitializerError(missing)));
    assertTrue(
        DeviceLibrary.explain(new UnsatisfiedLinkError("libfoo.so.1: cannot open"))
            .contains("libfoo"));
    assertTrue(DeviceLibrary.explain(new UnsatisfiedLinkError("no reason")).contains("no reason"));
  }

  @Test
  void everyPlatformNamesItsDevicesInItsWay() {
    CaptureShape shape = new CaptureShape(640, 480, 10, 20, 29.97);
    assertEquals(
        new DeviceArguments("/dev/video0", Map.of("video_size", "640x480", "framerate", "29.970")),
        arguments(DeviceKind.WEBCAM, "v4l2", "/dev/video0", shape));
    assertEquals(
        new DeviceArguments(
            ":0+10,20", Map.of("video_size", "640x480", "framerate", "29.970", "draw_mouse", "1")),
        arguments(DeviceKind.SCREEN, "x11grab", ":0", shape));
    assertEquals(
        new DeviceArguments(
            "desktop",
            Map.of(
                "video_size",
                "640x480",
                "framerate",
                "29.970",
                "offset_x",
                "10",
                "offset_y",
                "20")),
        arguments(DeviceKind.SCREEN, "gdigrab", "desktop", shape));
    assertEquals(
        "video=Camera", arguments(DeviceKind.WEBCAM, "dshow", "Camera", CaptureShape.ANY).url());
    assertEquals(
        new DeviceArguments("audio=Microphone", Map.of()),
        arguments(DeviceKind.AUDIO, "dshow", "Microphone", shape));
    assertEquals(
        "Capture screen 0:none",
        arguments(DeviceKind.SCREEN, "avfoundation", "Capture screen 0", shape).url());
    assertEquals(":1", arguments(DeviceKind.AUDIO, "avfoundation", "1", shape).url());
    assertEquals(DevicePlatform.MACOS, DevicePlatform.of("Mac OS X"));
    assertEquals(DevicePlatform.WINDOWS, DevicePlatform.of("Windows 11"));
    assertEquals(DevicePlatform.LINUX, DevicePlatform.of("Linux"));
  }

  private static DeviceArguments arguments(
      DeviceKind kind, String format, String device, CaptureShape shape) {
    return DeviceArguments.of(format, device, new DeviceRequest(kind, format, device, shape));
  }

  @Test
  void shapesAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> new CaptureShape(1, 0, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new CaptureShape(1, 1, -1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new CaptureShape(1, 1, 0, 0, Double.NaN));
  }

  @Test
  void isFoundAsAService() {
    assertInstanceOf(FfmpegDevices.class, DeviceCatalog.installed().orElseThrow());
  }
}
