package org.framecast.stream.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.codec.MediaReader;
import org.framecast.stream.codec.MediaReaderSettings;
import org.framecast.stream.codec.ffmpeg.TestMedia.Recipe;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The picture after a seek is the very one, known by its number. */
@Timeout(180)
class FfmpegReaderSeekTest extends NativesTest {
  private static final long FRAME_NANOS = TimeUnit.SECONDS.toNanos(1) / TestMedia.RATE;

  @TempDir private Path folder;

  private MediaReader open(Path file) {
    return codecs.openReader(MediaReaderSettings.of(file), frames, buffers);
  }

  static List<Recipe> longGops() {
    return List.of(
        Recipe.of("mp4", "mpeg4", 500).gop(250, 2),
        Recipe.of("mpegts", "mpeg2video", 500).gop(200, 2));
  }

  @ParameterizedTest
  @MethodSource("longGops")
  void twoHundredSeeksFindTheExactPicture(Recipe recipe) {
    seeks(recipe, 200);
  }

  static List<Recipe> others() {
    return List.of(
        Recipe.of("mp4", "libopenh264", 150).gop(75, 0).sound("aac"),
        Recipe.of("mp4", "mpeg4", 150).gop(12, 2).sound("aac"),
        Recipe.of("mov", "mjpeg", 60),
        Recipe.of("matroska", "mpeg4", 150).gop(75, 3).sound("libopus"),
        Recipe.of("webm", "libvpx-vp9", 150).gop(75, 0).sound("libopus"),
        Recipe.of("avi", "mpeg4", 150).gop(75, 2).sound("pcm_s16le"),
        Recipe.of("mpegts", "libopenh264", 150).gop(75, 0).sound("aac"),
        Recipe.of("mpegts", "mpeg2video", 150).gop(12, 2).sound("aac"),
        Recipe.of("ivf", "libvpx", 150).gop(75, 0));
  }

  @ParameterizedTest
  @MethodSource("others")
  void seeksFindTheExactPictureInEveryContainer(Recipe recipe) {
    seeks(recipe, 30);
  }

  private void seeks(Recipe recipe, int count) {
    Path file = TestMedia.write(folder.resolve("media"), recipe);
    Random random = new Random(7);
    try (MediaReader reader = open(file)) {
      for (int i = 0; i < count; i++) {
        int wanted = random.nextInt(recipe.frames());
        long offset = random.nextLong(FRAME_NANOS / 2);
        long pts = wanted * FRAME_NANOS + offset + FRAME_NANOS / 4;
        reader.seek(Math.min(pts, reader.info().duration().orElseThrow().toNanos()));
        long at = check(reader, wanted, "seek " + i);
        if (!recipe.audio().isEmpty() && wanted < recipe.frames() - 10) {
          follows(reader, wanted, at);
        }
      }
    }
  }

  private static long check(MediaReader reader, int wanted, String what) {
    MediaItem item = reader.read();
    assertNotNull(item, what);
    try (item) {
      TimestampedFrame frame = (TimestampedFrame) item;
      assertEquals(wanted, FfmpegReaderTest.number(frame), what);
      assertEquals(wanted * FRAME_NANOS, frame.ptsNanos(), FRAME_NANOS / 2d, what);
      return frame.ptsNanos();
    }
  }

  /** Sound goes on from the picture, and the next pictures are those that follow. */
  private static void follows(MediaReader reader, int wanted, long atNanos) {
    long sound = Long.MIN_VALUE;
    int next = wanted + 1;
    while (next < wanted + 4) {
      MediaItem item = reader.read();
      assertNotNull(item);
      try (item) {
        switch (item) {
          case AudioFrame block -> {
            if (sound == Long.MIN_VALUE) {
              sound = block.ptsNanos();
              assertTrue(sound >= atNanos, sound + " after " + atNanos);
              assertEquals(atNanos, sound, 30_000_000d, "begin of the sound");
            }
          }
          case TimestampedFrame frame ->
              assertEquals(next++, FfmpegReaderTest.number(frame), "follows " + wanted);
        }
      }
    }
    assertTrue(sound != Long.MIN_VALUE, "sound after the seek to " + wanted);
  }

  @Test
  void theFirstTheLastAndTheirNeighboursAreFound() {
    Path file = TestMedia.write(folder.resolve("media"), Recipe.of("mp4", "mpeg4", 60).gop(30, 2));
    try (MediaReader reader = open(file)) {
      long end = reader.info().duration().orElseThrow().toNanos();
      for (int wanted : new int[] {59, 0, 29, 30, 31, 1, 58}) {
        reader.seek(wanted * FRAME_NANOS);
        check(reader, wanted, "picture " + wanted);
      }
      reader.seek(end);
      check(reader, 59, "the end");
      assertEquals(null, reader.read());
      assertTrue(reader.ended());
      reader.seek(FRAME_NANOS - 1);
      check(reader, 0, "just before the second");
      for (long wrong : new long[] {-1, end + 1}) {
        MediaException refused =
            assertThrows(MediaException.class, () -> reader.seek(wrong), "to " + wrong);
        assertEquals(MediaException.Code.OPTIONS, refused.code());
      }
      check(reader, 1, "it did not move");
    }
  }

  @Test
  void soundAloneIsFoundToTheSample() {
    Path file = TestMedia.write(folder.resolve("media"), Recipe.ofSound("wav", "pcm_s16le", 100));
    try (MediaReader reader = open(file)) {
      for (long target : new long[] {2_345_000_000L, 10_000_000L, 0, 3_000_000_000L}) {
        reader.seek(target);
        MediaItem item = reader.read();
        assertNotNull(item);
        try (item) {
          assertEquals(target, item.ptsNanos(), 30_000);
        }
      }
    }
  }
}
