package org.framecast.stream.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.PoolExhaustedException;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.OptionBinder;
import org.framecast.stream.source.pattern.LabelReader;
import org.framecast.stream.source.pattern.TestPattern;
import org.framecast.stream.source.scene.PictureStamp;
import org.framecast.stream.time.Deadline;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.PtpClient;
import org.framecast.stream.time.PtpStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class TestSourceTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final FramePool frames = FramePool.open("frames", 8);
  private final BufferPool buffers = BufferPool.open("buffers", 1 << 20);
  private MediaClock clock = MediaClock.system();

  @AfterEach
  void nothingIsLeft() {
    assertEquals(0, frames.live());
    assertEquals(0, buffers.live());
    frames.close();
    buffers.close();
  }

  private StreamSource source(Map<String, ?> said) {
    Map<String, Object> options = new HashMap<>(Map.of("width", 640, "height", 360));
    options.putAll(said);
    Map<Class<?>, Object> parts =
        Map.of(FramePool.class, frames, BufferPool.class, buffers, MediaClock.class, clock);
    return new TestSourceProvider()
        .create(OptionBinder.bind(TestOptions.class, options), new Context(parts));
  }

  private record Context(Map<Class<?>, Object> parts) implements ComponentContext {
    @Override
    public <T> Optional<T> find(Class<T> type) {
      return Optional.ofNullable(parts.get(type)).map(type::cast);
    }
  }

  private static int luma(VideoFrame frame, double x, double y) {
    return sample(frame, 0, x, y);
  }

  private static int sample(VideoFrame frame, int plane, double x, double y) {
    int column = (int) (x * (plane == 0 ? frame.width() : frame.width() / 2));
    int row = (int) (y * (plane == 0 ? frame.height() : frame.height() / 2));
    return frame.plane(plane).get(ValueLayout.JAVA_BYTE, (long) row * frame.stride(plane) + column)
        & 255;
  }

  private static List<Integer> yuv(VideoFrame frame, double x, double y) {
    return List.of(luma(frame, x, y), sample(frame, 1, x, y), sample(frame, 2, x, y));
  }

  @Test
  void everyPictureOfEveryPatternCarriesItsNumberAndItsTime() {
    for (TestPattern pattern : TestPattern.values()) {
      for (int[] size : List.of(new int[] {640, 360}, new int[] {130, 66}, new int[] {360, 640})) {
        try (StreamSource source =
            source(
                Map.of(
                    "pattern",
                    pattern.name().toLowerCase().replace('_', '-'),
                    "width",
                    size[0],
                    "height",
                    size[1],
                    "pace",
                    "fast",
                    "rate",
                    25.0,
                    "frames",
                    120,
                    "audio",
                    false))) {
          int count = 0;
          for (TimestampedFrame frame : source.frames()) {
            try (frame) {
              assertEquals(count, frame.frameNumber());
              assertEquals(count * 40_000_000L, frame.ptsNanos());
              assertEquals(OptionalInt.of(count), PictureStamp.read(frame.pixels()));
              assertEquals(count, LabelReader.number(frame.pixels()));
              assertEquals(
                  "00:00:%02d.%03d".formatted(count * 40 / 1000, count * 40 % 1000),
                  LabelReader.time(frame.pixels()));
              assertTrue(frame.ptpNanos().isEmpty());
            }
            count++;
          }
          assertEquals(120, count, pattern.name());
          assertEquals(Duration.ofMillis(4_800), source.info().duration().orElseThrow());
        }
      }
    }
  }

  @Test
  void theBarsHaveTheirStandardLevels() throws InterruptedException {
    try (StreamSource source = source(Map.of("pace", "fast"));
        TimestampedFrame frame = picture(source)) {
      VideoFrame pixels = frame.pixels();
      List<List<Integer>> bars = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        bars.add(yuv(pixels, (i + 0.5) / 7, 0.2));
      }
      assertEquals(
          List.of(
              List.of(180, 128, 128),
              List.of(162, 44, 142),
              List.of(131, 156, 44),
              List.of(112, 72, 58),
              List.of(84, 184, 198),
              List.of(65, 100, 212),
              List.of(35, 212, 114)),
          bars);
      assertEquals(List.of(35, 212, 114), yuv(pixels, 0.07, 0.7));
      assertEquals(List.of(235, 128, 128), yuv(pixels, 0.27, 0.85));
      assertEquals(7, luma(pixels, 0.73, 0.85));
      assertEquals(25, luma(pixels, 0.84, 0.85));
    }
  }

  @Test
  void colourGradientAndCardAreWhatTheySay() throws InterruptedException {
    try (StreamSource source =
            source(Map.of("pace", "fast", "pattern", "solid", "color", "#FF0000"));
        TimestampedFrame frame = picture(source)) {
      assertEquals(List.of(82, 90, 240), yuv(frame.pixels(), 0.1, 0.1));
    }
    try (StreamSource source =
            source(Map.of("pace", "fast", "pattern", "gradient", "color", "#0000FF"));
        TimestampedFrame frame = picture(source)) {
      assertEquals(16, luma(frame.pixels(), 0, 0.1), 1);
      assertEquals(126, luma(frame.pixels(), 0.5, 0.1), 2);
      assertEquals(235, luma(frame.pixels(), 0.999, 0.1), 1);
      assertEquals(240, sample(frame.pixels(), 1, 0.999, 0.8), 2);
    }
    try (StreamSource source = source(Map.of("pace", "fast", "pattern", "test-card"));
        TimestampedFrame frame = picture(source)) {
      assertEquals(16, luma(frame.pixels(), 0.27, 0.25), 1);
      assertEquals(235, luma(frame.pixels(), 0.73, 0.25), 1);
      assertEquals(235, luma(frame.pixels(), 0.5, 0), 2);
    }
  }

  @Test
  void whatMovesMovesAndWhatStandsStillDoesNot() throws InterruptedException {
    for (TestPattern pattern : TestPattern.values()) {
      boolean moves = pattern == TestPattern.BOUNCING_BOX || pattern == TestPattern.SCROLLING_NOISE;
      String name = pattern.name().toLowerCase().replace('_', '-');
      try (StreamSource source = source(Map.of("pace", "fast", "pattern", name, "audio", false));
          TimestampedFrame first = picture(source);
          TimestampedFrame second = picture(source)) {
        assertEquals(!moves, upperThird(first.pixels()).equals(upperThird(second.pixels())), name);
      }
    }
  }

  private static List<Byte> upperThird(VideoFrame frame) {
    List<Byte> rows = new ArrayList<>();
    for (int y = 0; y < frame.height() / 3; y++) {
      for (int x = 0; x < frame.width(); x++) {
        rows.add(frame.plane(0).get(ValueLayout.JAVA_BYTE, (long) y * frame.stride(0) + x));
      }
    }
    return rows;
  }

  @Test
  void noiseScrollsDownByTwoRows() throws InterruptedException {
    try (StreamSource source =
            source(Map.of("pace", "fast", "pattern", "scrolling-noise", "audio", false));
        TimestampedFrame first = picture(source);
        TimestampedFrame second = picture(source)) {
      for (int x = 0; x < 640; x++) {
        assertEquals(
            luma(first.pixels(), x / 640.0, 0.1), luma(second.pixels(), x / 640.0, 38.5 / 360));
      }
    }
  }

  @Test
  void soundComesInOrderWithThePicturesAndAsLong() throws InterruptedException {
    List<Long> times = new ArrayList<>();
    int blocks = 0;
    double loudest = 0;
    try (StreamSource source = source(Map.of("pace", "fast", "rate", 30.0, "frames", 45))) {
      for (MediaItem item = source.next(); item != null; item = source.next()) {
        try (MediaItem given = item) {
          times.add(given.ptsNanos());
          if (given instanceof AudioFrame block) {
            assertEquals(blocks * 20_000_000L, block.ptsNanos());
            assertEquals(960, block.samples());
            loudest = Math.max(loudest, block.content().get(ValueLayout.JAVA_FLOAT, 960));
            blocks++;
          }
        }
      }
      assertNull(source.next());
    }
    assertEquals(75, blocks, "a second and a half");
    assertEquals(times.stream().sorted().toList(), times);
    assertTrue(loudest > 0.05, "loudest " + loudest);
  }

  @Test
  void seeksToThePictureThatIsShown() throws InterruptedException {
    try (StreamSource open = source(Map.of("pace", "fast", "rate", 30.0, "frames", 300))) {
      TestSource source = assertInstanceOf(TestSource.class, open);
      for (int number : List.of(250, 3, 299, 0, 120)) {
        long exact = Math.round(number * 1e9 / 30);
        for (long nanos : List.of(exact, exact + 33_000_000)) {
          source.seek(nanos);
          MediaItem first = source.next();
          try (TimestampedFrame frame = assertInstanceOf(TimestampedFrame.class, first)) {
            assertEquals(OptionalInt.of(number), PictureStamp.read(frame.pixels()));
          }
          try (MediaItem next = source.next()) {
            assertTrue(next == null || next.ptsNanos() >= exact);
          }
        }
      }
      source.seek(10_000_000_000L);
      try (MediaItem last = source.next()) {
        assertEquals(299, assertInstanceOf(TimestampedFrame.class, last).frameNumber());
      }
      assertThrows(MediaException.class, () -> source.seek(-1));
      assertThrows(MediaException.class, () -> source.seek(10_000_000_001L));
    }
    try (StreamSource open = source(Map.of())) {
      TestSource live = assertInstanceOf(TestSource.class, open);
      assertEquals(
          MediaException.Code.UNSUPPORTED,
          assertThrows(MediaException.class, () -> live.seek(0)).code());
    }
  }

  /** A clock that is moved by hand. */
  private static final class HandClock implements MediaClock {
    long now = 7_000_000_000L;

    @Override
    public long nanos() {
      return now;
    }
  }

  private List<Long> numbersWithAPause(String pace) throws InterruptedException {
    HandClock hand = new HandClock();
    clock = hand;
    List<Long> numbers = new ArrayList<>();
    try (StreamSource source = source(Map.of("pace", pace, "rate", 100.0, "audio", false))) {
      for (int i = 0; i < 6; i++) {
        hand.now += i == 3 ? 50_000_000 : i == 0 || i > 3 ? 0 : 10_000_000;
        if (i > 3 && pace.equals("live")) {
          hand.now += 10_000_000;
        }
        try (TimestampedFrame frame = picture(source)) {
          assertEquals(7_000_000_000L + frame.frameNumber() * 10_000_000, frame.captureNanos());
          numbers.add(frame.frameNumber());
        }
      }
    }
    return numbers;
  }

  @Test
  void aLivePictureThatNobodyAskedForIsLeftOut() throws InterruptedException {
    assertEquals(List.of(0L, 1L, 2L, 7L, 8L, 9L), numbersWithAPause("live"));
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L), numbersWithAPause("every-frame"));
  }

  @Test
  void aLiveSourceEndsAfterItsFramesAlsoWhenSomeWereLeftOut() throws InterruptedException {
    HandClock hand = new HandClock();
    clock = hand;
    try (StreamSource source = source(Map.of("rate", 100.0, "frames", 5, "audio", false))) {
      picture(source).close();
      hand.now += 70_000_000;
      assertNull(source.next());
    }
  }

  @Test
  void picturesKeepTimeWithTheMachine() throws InterruptedException {
    long start = System.nanoTime();
    try (StreamSource source = source(Map.of("rate", 50.0, "frames", 10))) {
      for (MediaItem item = source.next(); item != null; item = source.next()) {
        assertTrue(System.nanoTime() >= item.ptsNanos(), "not before its time");
        item.close();
      }
    }
    assertTrue(System.nanoTime() - start >= 180_000_000L);
  }

  @Test
  void aSynchronisedClockIsInThePictures() throws InterruptedException {
    PtpClient ptp =
        new PtpClient() {
          @Override
          public PtpStatus status() {
            return PtpStatus.synchronised(0);
          }

          @Override
          public OptionalLong ptpNanos(long mediaNanos) {
            return OptionalLong.of(mediaNanos + 5);
          }
        };
    TestOptions options = OptionBinder.bind(TestOptions.class, Map.of("pace", "fast"));
    try (TestSource source =
            new TestSource("t", options, new TestSource.Parts(frames, buffers, clock, ptp));
        TimestampedFrame frame = picture(source)) {
      assertEquals(OptionalLong.of(5), frame.ptpNanos());
    }
  }

  @Test
  void aPoolThatHasLentAllLosesNoFrame() throws InterruptedException {
    List<TimestampedFrame> held = new ArrayList<>();
    try (StreamSource source = source(Map.of("pace", "fast", "audio", false))) {
      for (int i = 0; i < 8; i++) {
        held.add(picture(source));
      }
      assertThrows(PoolExhaustedException.class, source::next);
      held.removeFirst().close();
      try (TimestampedFrame next = picture(source)) {
        assertEquals(8, next.frameNumber());
      }
    } finally {
      held.forEach(TimestampedFrame::close);
    }
  }

  @Test
  void aCloseWakesWhoWaits() throws InterruptedException {
    StreamSource source = source(Map.of("rate", 0.1, "audio", false));
    picture(source).close();
    AtomicReference<Optional<MediaItem>> found = new AtomicReference<>();
    Thread waiting =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    found.set(Optional.ofNullable(source.next()));
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    Deadline soon = Deadline.in(SOON);
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      assertFalse(soon.passed(), "it does not wait");
      Thread.onSpinWait();
    }
    source.close();
    assertTrue(waiting.join(SOON));
    assertEquals(Optional.empty(), found.get());
    assertNull(source.next());
  }

  @Test
  void optionsAreChecked() {
    assertThrows(OptionException.class, () -> source(Map.of("color", "red")));
    assertThrows(OptionException.class, () -> source(Map.of("width", 127)));
    assertThrows(OptionException.class, () -> source(Map.of("rate", 241.0)));
    TestOptions options = OptionBinder.bind(TestOptions.class, Map.of());
    assertEquals(
        MediaException.Code.OPTIONS,
        assertThrows(
                MediaException.class,
                () -> new TestSourceProvider().create(options, new Context(Map.of())))
            .code());
  }

  @Test
  void isFoundAsAService() {
    assertNotNull(
        ComponentRegistry.load(TestSource.class.getClassLoader()).source("test").orElseThrow());
    assertNotEquals("", new TestSourceProvider().description());
  }

  private static TimestampedFrame picture(StreamSource source) throws InterruptedException {
    for (MediaItem item = source.next(); item != null; item = source.next()) {
      if (item instanceof TimestampedFrame frame) {
        return frame;
      }
      item.close();
    }
    throw new AssertionError("it has ended");
  }
}
