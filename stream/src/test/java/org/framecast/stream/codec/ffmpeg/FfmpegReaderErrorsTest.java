package org.framecast.stream.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.framecast.stream.codec.MediaReader;
import org.framecast.stream.codec.MediaReaderSettings;
import org.framecast.stream.codec.ReaderLimits;
import org.framecast.stream.codec.ffmpeg.TestMedia.Recipe;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaException.Code;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be read says so, and leaves nothing behind. */
@Timeout(180)
class FfmpegReaderErrorsTest extends NativesTest {
  private static final ReaderLimits USUAL = ReaderLimits.DEFAULT;

  @TempDir private Path folder;

  private Code refusal(Path file) {
    return refusal(file, USUAL);
  }

  private Code refusal(Path file, ReaderLimits limits) {
    MediaException refused =
        assertThrows(
            MediaException.class,
            () -> codecs.openReader(MediaReaderSettings.of(file).with(limits), frames, buffers));
    assertFalse(
        String.valueOf(refused.getMessage()).contains(folder.toString()), refused.getMessage());
    return refused.code();
  }

  private Path write(Recipe recipe) {
    return TestMedia.write(folder.resolve("media"), recipe);
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void whatIsNoFileIsNotOpened() {
    assertEquals(Code.SOURCE_FAILED, refusal(folder.resolve("nothing")));
    assertEquals(Code.SOURCE_FAILED, refusal(folder));
    assertEquals(Code.SOURCE_FAILED, refusal(Path.of("/dev/zero")));
  }

  @Test
  void whatIsNoMediaIsRefused() throws IOException {
    byte[] noise = new byte[100_000];
    new Random(3).nextBytes(noise);
    assertEquals(Code.MALFORMED, refusal(file("noise.mp4", noise)));
    assertEquals(Code.MALFORMED, refusal(file("empty.mkv", new byte[0])));
    assertEquals(Code.MALFORMED, refusal(file("text", ascii("no media\n".repeat(100)))));
  }

  @Test
  void containersThatLeadToOtherFilesAreRefused() throws IOException {
    Path other = write(Recipe.of("mp4", "mpeg4", 5));
    String list = "ffconcat version 1.0\nfile '" + other.getFileName() + "'\n";
    assertEquals(Code.UNSUPPORTED, refusal(file("list.ffconcat", ascii(list))));
    String playlist =
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n"
            + other.getFileName()
            + "\n#EXT-X-ENDLIST\n";
    assertEquals(Code.UNSUPPORTED, refusal(file("list.m3u8", ascii(playlist))));
    String remote = playlist.replace("media", "http://127.0.0.1:1/media");
    assertEquals(Code.UNSUPPORTED, refusal(file("remote.m3u8", ascii(remote))));
  }

  @Test
  void aCodecThatIsAbsentIsNamed() throws IOException {
    byte[] avi = Files.readAllBytes(write(Recipe.of("avi", "mjpeg", 5)));
    Path unknown = file("unknown.avi", replaced(avi, "MJPG", "ZZZZ"));
    assertEquals(Code.UNSUPPORTED, refusal(unknown));
  }

  private static byte[] replaced(byte[] file, String from, String to) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains(from));
    return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void aPictureMayHaveAsManyPixelsAsTheLimit() {
    Path file = write(Recipe.of("mp4", "libopenh264", 5));
    long pixels = (long) TestMedia.WIDTH * TestMedia.HEIGHT;
    assertEquals(Code.SIZE_LIMIT, refusal(file, pixels(pixels - 1)));
    codecs.openReader(MediaReaderSettings.of(file).with(pixels(pixels)), frames, buffers).close();
  }

  private static ReaderLimits pixels(long most) {
    return new ReaderLimits(
        most, USUAL.maxStreams(), USUAL.probeBytes(), USUAL.probeDuration(), USUAL.queueBytes());
  }

  @Test
  void aFileMayHaveAsManyStreamsAsTheLimit() {
    Path file = write(Recipe.of("mp4", "mpeg4", 5).sound("aac"));
    ReaderLimits one =
        new ReaderLimits(
            USUAL.maxPixels(), 1, USUAL.probeBytes(), USUAL.probeDuration(), USUAL.queueBytes());
    ReaderLimits two =
        new ReaderLimits(
            USUAL.maxPixels(), 2, USUAL.probeBytes(), USUAL.probeDuration(), USUAL.queueBytes());
    refusal(file, one);
    codecs.openReader(MediaReaderSettings.of(file).with(two), frames, buffers).close();
  }

  @Test
  void limitsThatMakeNoSenseAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> pixels(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ReaderLimits(1, 0, 5_000, Duration.ofSeconds(1), 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ReaderLimits(1, 1, 2_047, Duration.ofSeconds(1), 1));
    assertThrows(
        IllegalArgumentException.class, () -> new ReaderLimits(1, 1, 2_048, Duration.ZERO, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ReaderLimits(1, 1, 2_048, Duration.ofSeconds(1), 0));
  }

  /** A header that claims the largest picture that VP8 knows. */
  @Test
  void hostileSizesAreRefusedBeforeThereIsMemoryForThem() throws IOException {
    ByteBuffer ivf =
        ByteBuffer.wrap(Files.readAllBytes(write(Recipe.of("ivf", "libvpx", 5))))
            .order(ByteOrder.LITTLE_ENDIAN);
    int firstFrame = 32 + 12;
    ivf.putShort(firstFrame + 6, (short) 16_383).putShort(firstFrame + 8, (short) 16_383);
    assertEquals(Code.MALFORMED, refusal(file("coded.ivf", ivf.array())), "no decoder takes it");
    ivf.putShort(12, (short) 65_535).putShort(14, (short) 65_535);
    assertEquals(Code.SIZE_LIMIT, refusal(file("both.ivf", ivf.array())));
  }

  static List<Recipe> files() {
    return List.of(
        Recipe.of("matroska", "mpeg4", 100).gop(12, 2).sound("libopus"),
        Recipe.of("webm", "libvpx", 100),
        Recipe.of("avi", "mpeg4", 100).gop(12, 2),
        Recipe.of("ivf", "libvpx", 100),
        Recipe.of("mpegts", "mpeg2video", 100).gop(12, 2));
  }

  /** Every picture up to the cut, then the fault. */
  @ParameterizedTest
  @MethodSource("files")
  void aTruncatedFileGivesWhatIsWhole(Recipe recipe) throws IOException {
    byte[] whole = Files.readAllBytes(write(recipe));
    for (double share : new double[] {0.5, 0.63, 0.8}) {
      Path cut = file("cut", Arrays.copyOf(whole, (int) (whole.length * share)));
      int pictures = playToTheFault(cut, recipe.muxer().equals("mpegts"));
      assertTrue(
          pictures > 100 * (share - 0.2) && pictures < 100 * (share + 0.2),
          pictures + " pictures of " + share);
    }
  }

  /** An index in front tells of pictures that are not there. */
  @Test
  void aTruncatedMp4GivesWhatIsWholeIfItsIndexIsInFront() throws IOException {
    Path file = write(Recipe.of("mp4", "mpeg4", 100).gop(12, 2).sound("aac"));
    byte[] whole = Files.readAllBytes(file);
    assertEquals(Code.MALFORMED, refusal(file("behind", Arrays.copyOf(whole, whole.length / 2))));
    byte[] fast = Files.readAllBytes(TestMedia.writeIndexFirst(folder.resolve("fast"), file));
    int pictures = playToTheFault(file("front", Arrays.copyOf(fast, fast.length / 2)), false);
    assertTrue(pictures > 30 && pictures < 70, pictures + " pictures");
  }

  /**
   * @param mayPass a container that does not say how long it is hides a cut between two pictures
   */
  private int playToTheFault(Path file, boolean mayPass) {
    int pictures = 0;
    try (MediaReader reader = codecs.openReader(MediaReaderSettings.of(file), frames, buffers)) {
      try {
        for (MediaItem item = reader.read(); item != null; item = reader.read()) {
          try (MediaItem own = item) {
            if (own instanceof TimestampedFrame frame) {
              // A picture that others between were to follow may be there without them.
              int between = FfmpegReaderTest.number(frame) - pictures++;
              assertTrue(between >= 0 && between <= 2, between + " before " + pictures);
            }
          }
        }
        assertTrue(mayPass, "it ended as if it were whole after " + pictures);
      } catch (MediaException e) {
        assertEquals(Code.MALFORMED, e.code());
      }
      assertTrue(reader.ended());
      assertNull(reader.read());
    }
    return pictures;
  }

  static List<Recipe> damaged() {
    return List.of(
        Recipe.of("matroska", "mpeg4", 60).gop(12, 2).sound("libopus"),
        Recipe.of("mpegts", "libopenh264", 60),
        Recipe.of("mpegts", "mpeg2video", 60).gop(12, 2),
        Recipe.of("mp4", "libopenh264", 60).sound("aac"),
        Recipe.of("avi", "mjpeg", 60),
        Recipe.of("webm", "libvpx-vp9", 60).sound("libopus"));
  }

  /** Whatever is broken: it ends, throws nothing but what it says, and leaves nothing. */
  @ParameterizedTest
  @MethodSource("damaged")
  void damageNeverDoesWorseThanAnException(Recipe recipe) throws IOException {
    byte[] whole = Files.readAllBytes(write(recipe));
    Random random = new Random(11);
    for (int i = 0; i < 40; i++) {
      byte[] broken = whole.clone();
      for (int hit = 0; hit < 1 + i; hit++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      playWhatIsThere(file("broken", broken), random);
    }
  }

  private void playWhatIsThere(Path file, Random random) {
    try (MediaReader reader = codecs.openReader(MediaReaderSettings.of(file), frames, buffers)) {
      for (int i = 0; !reader.ended() && i < 10_000; i++) {
        MediaItem item = reader.read();
        if (item != null) {
          item.close();
        }
        if (i == 20) {
          reader.seek(random.nextLong(2_000_000_000));
        }
      }
      assertTrue(reader.ended());
    } catch (MediaException e) {
      assertTrue(
          List.of(
                  Code.MALFORMED,
                  Code.UNSUPPORTED,
                  Code.SIZE_LIMIT,
                  Code.OPTIONS,
                  Code.CODEC_FAILED,
                  Code.SOURCE_FAILED)
              .contains(e.code()),
          e.toString());
    }
  }

  /** A hole in the middle costs what depends on it; what follows the next keyframe is there. */
  @Test
  void aHoleInTheMiddleCostsOneGroupOfPictures() throws IOException {
    Path file = write(Recipe.of("mpegts", "mpeg2video", 100).gop(10, 2));
    byte[] whole = Files.readAllBytes(file);
    Arrays.fill(whole, whole.length / 2, whole.length / 2 + 188, (byte) 0);
    Path holed = file("holed", whole);
    int pictures = 0;
    int last = -1;
    try (MediaReader reader = codecs.openReader(MediaReaderSettings.of(holed), frames, buffers)) {
      for (MediaItem item = reader.read(); item != null; item = reader.read()) {
        try (MediaItem own = item) {
          int number = FfmpegReaderTest.number((TimestampedFrame) own);
          assertTrue(number > last, number + " after " + last);
          last = number;
          pictures++;
        }
      }
    } catch (MediaException e) {
      assertEquals(Code.MALFORMED, e.code());
    }
    assertEquals(99, last);
    assertTrue(pictures >= 85, pictures + " of 100");
  }
}
