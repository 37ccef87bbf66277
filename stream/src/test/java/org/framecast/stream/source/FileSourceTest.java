package org.framecast.stream.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.MediaReaderSettings;
import org.framecast.stream.codec.ffmpeg.FfmpegCodecs;
import org.framecast.stream.codec.ffmpeg.TestMedia;
import org.framecast.stream.codec.ffmpeg.TestMedia.Recipe;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.MediaFolders;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.LeastHeap;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.source.FileOptions.Pace;
import org.framecast.stream.source.scene.PictureStamp;
import org.framecast.stream.time.MediaClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class FileSourceTest {
  private static final long FRAME_NANOS = TimeUnit.SECONDS.toNanos(1) / TestMedia.RATE;

  @TempDir private Path folder;

  private final MediaCodecs codecs = new FfmpegCodecs();
  private final int nativesBefore = codecs.liveNatives();
  private final FramePool frames = FramePool.open("frames", 4);
  private final BufferPool buffers = BufferPool.open("buffers", 1 << 20);

  @AfterEach
  void nothingIsLeft() {
    assertEquals(0, frames.live());
    assertEquals(0, buffers.live());
    frames.close();
    buffers.close();
    assertEquals(nativesBefore, codecs.liveNatives(), "natives");
  }

  private Path write(Recipe recipe) {
    return TestMedia.write(folder.resolve("media"), recipe);
  }

  private FileSource open(Path file, FileOptions options, MediaClock clock) {
    return new FileSource(
        codecs.openReader(MediaReaderSettings.of(file), frames, buffers), options, clock);
  }

  private static FileOptions fast() {
    return FileOptions.of("", Pace.AS_FAST_AS_POSSIBLE);
  }

  private static int number(MediaItem item) {
    return PictureStamp.read(((TimestampedFrame) item).pixels()).orElse(-1);
  }

  @Test
  void aLoopGoesOnInTimeAndNumber() throws InterruptedException {
    Path file = write(Recipe.of("mp4", "mpeg4", 30).gop(12, 2).sound("aac"));
    long sound = Long.MIN_VALUE;
    int pictures = 0;
    try (FileSource source = open(file, fast().times(3), MediaClock.system())) {
      MediaItem next = source.next();
      while (next != null) {
        try (MediaItem item = next) {
          if (item instanceof AudioFrame) {
            assertTrue(item.ptsNanos() >= sound, "sound never goes back");
            sound = item.ptsNanos() + 1;
          } else {
            assertEquals(pictures % 30, number(item));
            assertEquals(pictures, ((TimestampedFrame) item).frameNumber());
            long round = pictures / 30;
            // A round lasts as long as its sound, which ends behind the last picture.
            assertEquals(
                pictures * FRAME_NANOS, item.ptsNanos(), FRAME_NANOS / 2d + round * FRAME_NANOS);
            pictures++;
          }
        }
        next = source.next();
      }
      assertNull(source.next());
    }
    assertEquals(90, pictures);
    assertTrue(sound > 3 * 29 * FRAME_NANOS);
  }

  @Test
  void aLoopOfPicturesAloneHasNoSeam() throws InterruptedException {
    for (String muxer : new String[] {"mp4", "matroska", "avi", "mpegts"}) {
      Path file = write(Recipe.of(muxer, "mpeg4", 20).gop(12, 2));
      try (FileSource source = open(file, fast().times(3), MediaClock.system())) {
        for (int i = 0; i < 60; i++) {
          try (MediaItem item = source.next()) {
            assertNotNull(item, muxer);
            assertEquals(i % 20, number(item), muxer);
            assertEquals(i * FRAME_NANOS, item.ptsNanos(), FRAME_NANOS / 2d, muxer);
          }
        }
        assertNull(source.next(), muxer);
      }
    }
  }

  @Test
  void anEndlessLoopBeginsAgainWhereItStarted() throws InterruptedException {
    Path file = write(Recipe.of("mp4", "mpeg4", 30).gop(12, 2));
    try (FileSource source =
        open(file, fast().times(0).from(20d / TestMedia.RATE), MediaClock.system())) {
      for (int i = 0; i < 45; i++) {
        try (MediaItem item = source.next()) {
          assertNotNull(item);
          assertEquals(20 + i % 10, number(item));
          assertEquals((20 + i) * FRAME_NANOS, item.ptsNanos(), FRAME_NANOS / 2d);
        }
      }
    }
  }

  @Test
  void aSeekLeavesTheRound() throws InterruptedException {
    Path file = write(Recipe.of("mp4", "mpeg4", 30).gop(12, 2));
    try (FileSource source = open(file, fast().times(2), MediaClock.system())) {
      for (int i = 0; i < 40; i++) {
        closeNext(source);
      }
      source.seek(25 * FRAME_NANOS);
      for (int i = 25; i < 60; i++) {
        try (MediaItem item = source.next()) {
          assertNotNull(item);
          assertEquals(i % 30, number(item));
          assertEquals(i * FRAME_NANOS, item.ptsNanos(), FRAME_NANOS / 2d);
        }
      }
      assertNull(source.next());
    }
  }

  private static void closeNext(FileSource source) throws InterruptedException {
    try (MediaItem item = source.next()) {
      assertNotNull(item);
    }
  }

  @Test
  void inRealTimeEveryItemComesWhenItIsDue() throws InterruptedException {
    Path file = write(Recipe.of("mp4", "mpeg4", 20).gop(12, 2));
    AtomicLong now = new AtomicLong(1_000);
    LinkedBlockingQueue<Long> given = new LinkedBlockingQueue<>();
    try (FileSource source = open(file, FileOptions.of("", Pace.REAL_TIME), now::get)) {
      Thread reading = Thread.ofPlatform().start(() -> give(source, given));
      for (int i = 0; i < 20; i++) {
        long due = 1_000 + i * FRAME_NANOS;
        if (i > 0) {
          now.set(due - FRAME_NANOS / 4);
          awaitWaiting(reading);
          assertTrue(given.isEmpty(), "picture " + i + " is early");
          now.set(due + FRAME_NANOS / 4);
        }
        Long pts = given.poll(30, TimeUnit.SECONDS);
        assertNotNull(pts, "picture " + i);
        assertEquals(i * FRAME_NANOS, pts, FRAME_NANOS / 10d);
      }
      reading.join(30_000);
      assertFalse(reading.isAlive());
    }
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  private static void give(FileSource source, LinkedBlockingQueue<Long> given) {
    try {
      MediaItem item = source.next();
      while (item != null) {
        given.add(item.ptsNanos());
        item.close();
        item = source.next();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCloseWakesWhoWaitsForTheTimeOrForRoom() throws InterruptedException {
    Path file = write(Recipe.of("mp4", "mpeg4", 20));
    for (Pace pace : Pace.values()) {
      AtomicLong still = new AtomicLong();
      List<MediaItem> held = new ArrayList<>();
      FileSource source = open(file, FileOptions.of("", pace), still::get);
      Thread reading =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      MediaItem item = source.next();
                      while (item != null) {
                        held.add(item);
                        item = source.next();
                      }
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      awaitWaiting(reading);
      source.close();
      reading.join(30_000);
      assertFalse(reading.isAlive(), pace.name());
      assertNull(source.next());
      source.close();
      assertEquals(pace == Pace.REAL_TIME ? 1 : 4, held.size());
      held.forEach(MediaItem::close);
    }
  }

  @Test
  void withoutRoomItWaitsAndLosesNothing() throws InterruptedException {
    Path file = write(Recipe.of("mp4", "mpeg4", 40).gop(12, 2).sound("aac"));
    LinkedBlockingQueue<MediaItem> given = new LinkedBlockingQueue<>();
    try (FileSource source = open(file, fast(), MediaClock.system())) {
      Thread reading =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      MediaItem item = source.next();
                      while (item != null) {
                        given.add(item);
                        item = source.next();
                      }
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      while (frames.live() < 4) {
        Thread.onSpinWait();
      }
      awaitWaiting(reading);
      int pictures = 0;
      while (pictures < 40) {
        try (MediaItem item = given.poll(30, TimeUnit.SECONDS)) {
          assertNotNull(item);
          if (item instanceof TimestampedFrame) {
            assertEquals(pictures++, number(item));
          }
        }
      }
      reading.join(30_000);
      assertFalse(reading.isAlive());
      given.forEach(MediaItem::close);
    }
  }

  @Test
  void aLoopAllocatesAlmostNothing() throws InterruptedException {
    Path file = write(Recipe.of("mp4", "mpeg4", 100).gop(25, 2).sound("aac"));
    try (FileSource source = open(file, fast().times(0), MediaClock.system())) {
      long bytes = LeastHeap.of(() -> play(source, 1_000), 1_024_000);
      assertTrue(bytes < 1_024_000, bytes / 1_000 + " bytes a picture");
    }
  }

  /** Until so many pictures came, with the sound between them. */
  private static void play(FileSource source, int pictures) throws InterruptedException {
    int came = 0;
    while (came < pictures) {
      MediaItem item = source.next();
      assertNotNull(item);
      if (item instanceof TimestampedFrame) {
        came++;
      }
      item.close();
    }
  }

  @Test
  void theProviderReadsInItsFoldersAlone() throws InterruptedException {
    write(Recipe.of("mp4", "mpeg4", 5).sound("aac"));
    FileSourceProvider provider = new FileSourceProvider();
    ComponentContext context =
        context(
            Map.of(
                MediaFolders.class,
                new MediaFolders(List.of(folder), List.of()),
                FramePool.class,
                frames,
                BufferPool.class,
                buffers,
                MediaCodecs.class,
                codecs));
    FileOptions options = new FileOptions("media", 1, Pace.AS_FAST_AS_POSSIBLE, 0, false);
    try (FileSource source = provider.create(options, context)) {
      assertTrue(source.info().audio().isEmpty());
      assertEquals(200, source.info().duration().orElseThrow().toMillis(), 20);
      closeNext(source);
    }
    for (String outside : new String[] {"../media", "/etc/hostname", "http://127.0.0.1/media"}) {
      FileOptions wrong = FileOptions.of(outside, Pace.AS_FAST_AS_POSSIBLE);
      MediaException refused =
          assertThrows(MediaException.class, () -> provider.create(wrong, context), outside);
      assertEquals(MediaException.Code.OPTIONS, refused.code());
    }
    assertThrows(
        OptionException.class, () -> provider.create(FileOptions.of(" ", Pace.REAL_TIME), context));
    MediaException late =
        assertThrows(MediaException.class, () -> provider.create(options.from(60), context));
    assertEquals(MediaException.Code.OPTIONS, late.code());
    MediaException bare =
        assertThrows(MediaException.class, () -> provider.create(options, context(Map.of())));
    assertEquals(MediaException.Code.UNSUPPORTED, bare.code());
  }

  private static ComponentContext context(Map<Class<?>, Object> resources) {
    return new ComponentContext() {
      @Override
      public <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(resources.get(type)).map(type::cast);
      }
    };
  }
}
