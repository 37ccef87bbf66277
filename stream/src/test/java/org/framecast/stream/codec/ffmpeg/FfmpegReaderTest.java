package org.framecast.stream.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.codec.MediaReader;
import org.framecast.stream.codec.MediaReaderSettings;
import org.framecast.stream.codec.MediaReaderSettings.Tracks;
import org.framecast.stream.codec.ReaderLimits;
import org.framecast.stream.codec.ffmpeg.TestMedia.Recipe;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.AudioInfo;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.media.VideoInfo;
import org.framecast.stream.source.scene.PictureStamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every container and codec, each picture known by its number. */
@Timeout(180)
class FfmpegReaderTest extends NativesTest {
  private static final int FRAMES = 60;
  private static final long FRAME_NANOS = TimeUnit.SECONDS.toNanos(1) / TestMedia.RATE;

  @TempDir private Path folder;

  private MediaReader open(Path file) {
    return codecs.openReader(MediaReaderSettings.of(file), frames, buffers);
  }

  static List<Recipe> files() {
    return List.of(
        Recipe.of("mp4", "mpeg4", FRAMES).gop(12, 2).sound("aac"),
        Recipe.of("mp4", "libopenh264", FRAMES).sound("libopus"),
        Recipe.of("mp4", "libaom-av1", 20),
        Recipe.of("mov", "mjpeg", FRAMES).sound("pcm_s16le"),
        Recipe.of("mov", "prores", FRAMES),
        Recipe.of("matroska", "ffv1", FRAMES).sound("flac"),
        Recipe.of("matroska", "mpeg4", FRAMES).gop(12, 2).sound("libopus"),
        Recipe.of("matroska", "png", FRAMES).sound("libmp3lame"),
        Recipe.of("webm", "libvpx", FRAMES).sound("vorbis"),
        Recipe.of("webm", "libvpx-vp9", FRAMES).sound("libopus"),
        Recipe.of("avi", "mpeg4", FRAMES).gop(12, 2).sound("pcm_s16le"),
        Recipe.of("avi", "mjpeg", FRAMES).sound("pcm_s16le"),
        Recipe.of("mpegts", "mpeg2video", FRAMES).gop(12, 2).sound("aac"),
        Recipe.of("mpegts", "libopenh264", FRAMES).sound("mp2"),
        Recipe.of("ivf", "libvpx", FRAMES),
        Recipe.of("ivf", "libvpx-vp9", FRAMES),
        Recipe.of("ivf", "libaom-av1", 20));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyPictureComesOnceInOrderWithItsTime(Recipe recipe) {
    Path file = TestMedia.write(folder.resolve("media"), recipe);
    Heard heard = new Heard();
    int pictures;
    try (MediaReader reader = open(file)) {
      VideoInfo video = reader.info().video().orElseThrow();
      assertEquals(TestMedia.WIDTH, video.width());
      assertEquals(TestMedia.HEIGHT, video.height());
      assertEquals(TestMedia.RATE, video.frameRate(), 0.1);
      assertEquals(recipe.seconds(), reader.info().duration().orElseThrow().toMillis() / 1e3, 0.2);
      assertEquals(!recipe.audio().isEmpty(), reader.info().audio().isPresent());
      pictures = play(reader, heard);
      assertTrue(reader.ended());
      assertNull(reader.read());
    }
    assertEquals(recipe.frames(), pictures);
    if (!recipe.audio().isEmpty()) {
      heard.isTheTone(recipe.seconds());
    }
  }

  static List<Recipe> sounds() {
    return List.of(
        Recipe.ofSound("ipod", "aac", FRAMES),
        Recipe.ofSound("ogg", "vorbis", FRAMES),
        Recipe.ofSound("ogg", "libopus", FRAMES),
        Recipe.ofSound("wav", "pcm_s16le", FRAMES));
  }

  @ParameterizedTest
  @MethodSource("sounds")
  void soundAloneIsResampledWithoutASeam(Recipe recipe) {
    Path file = TestMedia.write(folder.resolve("media"), recipe);
    Heard heard = new Heard();
    try (MediaReader reader = open(file)) {
      assertTrue(reader.info().video().isEmpty());
      assertEquals(
          new AudioInfo(recipe.audio().equals("libopus") ? 48_000 : 44_100, 2),
          reader.info().audio().orElseThrow());
      assertEquals(0, play(reader, heard));
    }
    heard.isTheTone(recipe.seconds());
    assertEquals(0, heard.firstNanos);
  }

  @Test
  void soundComesWhenItIsHeardBetweenThePictures() {
    Path file =
        TestMedia.write(
            folder.resolve("media"), Recipe.of("matroska", "mpeg4", FRAMES).sound("libopus"));
    long last = Long.MIN_VALUE;
    try (MediaReader reader = open(file)) {
      for (MediaItem item = reader.read(); item != null; item = reader.read()) {
        assertTrue(item.ptsNanos() >= last, item.ptsNanos() + " after " + last);
        last = item.ptsNanos();
        item.close();
      }
    }
  }

  @Test
  void soundCanBeLeftOut() {
    Path file =
        TestMedia.write(folder.resolve("media"), Recipe.of("mp4", "mpeg4", 10).sound("aac"));
    try (MediaReader reader =
        codecs.openReader(MediaReaderSettings.of(file).with(Tracks.PICTURES), frames, buffers)) {
      assertTrue(reader.info().audio().isEmpty());
      Heard heard = new Heard();
      assertEquals(10, play(reader, heard));
      assertEquals(0, heard.samples);
    }
  }

  @Test
  void whenTooMuchWaitsWhatIsThereComesFirstAndNothingIsLost() {
    Path file =
        TestMedia.write(
            folder.resolve("media"), Recipe.of("mp4", "mpeg4", FRAMES).sound("aac").apart());
    ReaderLimits small =
        new ReaderLimits(
            ReaderLimits.DEFAULT.maxPixels(),
            2,
            ReaderLimits.DEFAULT.probeBytes(),
            ReaderLimits.DEFAULT.probeDuration(),
            20_000);
    Heard heard = new Heard();
    try (MediaReader reader =
        codecs.openReader(MediaReaderSettings.of(file).with(small), frames, buffers)) {
      assertEquals(FRAMES, play(reader, heard));
      assertTrue(reader.ended());
    }
    try (MediaReader reader = open(file)) {
      try (MediaItem first = reader.read();
          MediaItem second = reader.read()) {
        assertInstanceOf(TimestampedFrame.class, first);
        assertInstanceOf(AudioFrame.class, second, "within the limit it waits for the sound");
      }
    }
    heard.isTheTone((double) FRAMES / TestMedia.RATE);
  }

  @Test
  void whatTheContainerSaysOfItselfIsPassedOn() {
    Path file = TestMedia.write(folder.resolve("media"), Recipe.of("mp4", "mpeg4", 5));
    try (MediaReader reader = open(file)) {
      assertEquals("numbers", reader.info().metadata().get("title"));
    }
  }

  @Test
  void aPoolWithoutRoomCostsNothing() {
    Path file = TestMedia.write(folder.resolve("media"), Recipe.of("mp4", "mpeg4", 80));
    List<MediaItem> held = new ArrayList<>();
    try (MediaReader reader = open(file)) {
      for (MediaItem item = reader.read(); item != null; item = reader.read()) {
        held.add(item);
      }
      assertEquals(64, held.size(), "frames of the pool");
      assertFalse(reader.ended());
      assertNull(reader.read());
      held.removeFirst().close();
      MediaItem next = reader.read();
      assertNotNull(next);
      assertEquals(64, number((TimestampedFrame) next));
      next.close();
    } finally {
      held.forEach(MediaItem::close);
    }
  }

  @Test
  void aStopEndsIt() {
    Path file = TestMedia.write(folder.resolve("media"), Recipe.of("mp4", "mpeg4", 80));
    try (MediaReader reader = open(file)) {
      reader.stop();
      assertNull(reader.read());
      assertFalse(reader.ended());
    }
  }

  /** Quarters clockwise, and the parts of the matrix of ISO/IEC 14496-12 §6.2.2 that say so. */
  static List<int[]> turns() {
    int one = 1 << 16;
    return List.of(
        new int[] {1, 0, one, -one, 0},
        new int[] {2, -one, 0, 0, -one},
        new int[] {3, 0, -one, one, 0});
  }

  @ParameterizedTest
  @MethodSource("turns")
  void aPictureIsTurnedAsItsFileSays(int[] said) throws IOException {
    for (String video : new String[] {"mpeg4", "mjpeg"}) {
      Path file = TestMedia.write(folder.resolve("media"), Recipe.of("mov", video, 3));
      byte[] content = Files.readAllBytes(file);
      int header = new String(content, StandardCharsets.ISO_8859_1).indexOf("tkhd");
      ByteBuffer matrix = ByteBuffer.wrap(content).position(header + 44);
      matrix.putInt(said[1]).putInt(said[2]).putInt(0).putInt(said[3]).putInt(said[4]);
      Files.write(file, content);
      try (MediaReader reader = open(file)) {
        for (int i = 0; i < 3; i++) {
          try (MediaItem item = reader.read();
              VideoFrame upright =
                  frames.acquire(FrameShape.i420(TestMedia.WIDTH, TestMedia.HEIGHT))) {
            assertNotNull(item);
            VideoFrame shown = ((TimestampedFrame) item).pixels();
            assertEquals(said[0] % 2 == 0 ? TestMedia.WIDTH : TestMedia.HEIGHT, shown.width());
            turnBack(shown, said[0], upright);
            assertEquals(i, PictureStamp.read(upright).orElse(-1));
          }
        }
      }
    }
  }

  private static void turnBack(VideoFrame shown, int quarters, VideoFrame upright) {
    int width = TestMedia.WIDTH;
    int height = TestMedia.HEIGHT;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int atX = quarters == 1 ? height - 1 - y : quarters == 2 ? width - 1 - x : y;
        int atY = quarters == 1 ? x : quarters == 2 ? height - 1 - y : width - 1 - x;
        upright
            .plane(0)
            .set(
                ValueLayout.JAVA_BYTE,
                (long) y * upright.stride(0) + x,
                shown.plane(0).get(ValueLayout.JAVA_BYTE, (long) atY * shown.stride(0) + atX));
      }
    }
  }

  /** Takes all there is; pictures have their number, their place and their time. */
  private static int play(MediaReader reader, Heard heard) {
    int pictures = 0;
    MediaItem next = reader.read();
    while (next != null) {
      try (MediaItem item = next) {
        switch (item) {
          case AudioFrame block -> heard.add(block);
          case TimestampedFrame frame -> {
            assertEquals(pictures, number(frame), "number in the picture");
            assertEquals(pictures, frame.frameNumber());
            assertEquals(pictures * FRAME_NANOS, frame.ptsNanos(), FRAME_NANOS / 2d);
            pictures++;
          }
        }
      }
      next = reader.read();
    }
    return pictures;
  }

  static int number(TimestampedFrame frame) {
    return PictureStamp.read(frame.pixels()).orElse(-1);
  }

  /** Hears whether it is the tone, all of it, on one line without a seam. */
  private static final class Heard {
    private static final double TOLERANCE_SECONDS = 0.1;

    private long firstNanos = Long.MIN_VALUE;
    private long samples;
    private long risings;
    private float before;
    private float loudest;

    void add(AudioFrame block) {
      if (firstNanos == Long.MIN_VALUE) {
        firstNanos = block.ptsNanos();
      }
      assertEquals(
          firstNanos + samples * TimeUnit.SECONDS.toNanos(1) / AudioFrame.SAMPLE_RATE_HZ,
          block.ptsNanos(),
          1_000,
          "the time of a block follows from the samples before");
      samples += block.samples();
      MemorySegment values = block.content();
      for (int i = 0; i < block.samples(); i++) {
        float left = values.getAtIndex(ValueLayout.JAVA_FLOAT, 2L * i);
        assertEquals(left, values.getAtIndex(ValueLayout.JAVA_FLOAT, 2L * i + 1), 0.05);
        risings += before < 0 && left >= 0 ? 1 : 0;
        loudest = Math.max(loudest, left);
        before = left;
      }
    }

    void isTheTone(double seconds) {
      double heard = (double) samples / AudioFrame.SAMPLE_RATE_HZ;
      assertEquals(seconds, heard, TOLERANCE_SECONDS);
      assertEquals(TestMedia.TONE_HZ, risings / heard, 0.06 * TestMedia.TONE_HZ);
      assertEquals(0.5, loudest, 0.1);
    }
  }
}
