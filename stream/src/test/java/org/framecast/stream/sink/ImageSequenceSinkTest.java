package org.framecast.stream.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.plugin.OptionBinder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images as Java's own reader sees them. */
class ImageSequenceSinkTest {
  private final SinkStage stage = new SinkStage();
  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() {
    stage.close();
  }

  private StreamSink sink(Map<String, ?> options) {
    return new ImageSequenceSinkProvider()
        .create(OptionBinder.bind(ImageSequenceOptions.class, options), stage);
  }

  private List<String> names() throws Exception {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void picturesBecomeNumberedFilesOfTheirOwnSizes(String format) throws Exception {
    try (StreamSink sink =
        sink(
            Map.of(
                "path", folder.resolve("shot-%03d.img").toString(),
                "format", format,
                "quality", 95,
                "most", 3,
                "every", 2,
                "first", 7))) {
      sink.begin(SinkStage.both());
      for (int i = 0; i < 10; i++) {
        int width = i < 2 ? 64 : 91;
        try (TimestampedFrame frame = stage.picture(i, i * SinkStage.FRAME_NANOS, width, 49)) {
          sink.accept(frame);
        }
      }
      sink.finish();
    }
    assertEquals(List.of("shot-007.img", "shot-008.img", "shot-009.img"), names());
    BufferedImage first = ImageIO.read(folder.resolve("shot-007.img").toFile());
    BufferedImage last = ImageIO.read(folder.resolve("shot-009.img").toFile());
    assertEquals(64, first.getWidth());
    assertEquals(91, last.getWidth());
    assertEquals(49, last.getHeight());
    requireWaves(last, 4);
  }

  /** The luma of picture {@code number} of the stage, within what codec and rounding may change. */
  private static void requireWaves(BufferedImage image, int number) {
    double worst = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        double luma =
            16
                + (65.481 * (rgb >> 16 & 255) + 128.553 * (rgb >> 8 & 255) + 24.966 * (rgb & 255))
                    / 255;
        double wave = Math.sin((x + 3.0 * number) / 11) + Math.cos((y + number) / 7.0);
        worst = Math.max(worst, Math.abs(luma - (126 + 30 * wave)));
      }
    }
    assertTrue(worst < 12, "luma is off by " + worst);
  }

  @Test
  void whatCannotBeIsSaid() throws Exception {
    for (String path : List.of("", "/tmp/shot.png", "/tmp/%d-%d.png", "/tmp/%s.png", "/tmp/%9d")) {
      OptionException refused =
          assertThrows(OptionException.class, () -> sink(Map.of("path", path)), path);
      assertEquals("path", refused.option());
    }
    Path gone = Files.createDirectory(folder.resolve("gone"));
    try (StreamSink sink = sink(Map.of("path", gone.resolve("%d.png").toString()))) {
      Files.delete(gone);
      MediaException failed =
          assertThrows(MediaException.class, () -> sink.begin(SinkStage.pictures()));
      assertEquals(MediaException.Code.SINK_FAILED, failed.code());
    }
    String missing = gone.resolve("%d.png").toString();
    OptionException absent =
        assertThrows(OptionException.class, () -> sink(Map.of("path", missing)));
    assertEquals("path", absent.option());
    Files.createSymbolicLink(folder.resolve("0.png.part"), Path.of("/dev/full"));
    try (StreamSink sink = sink(Map.of("path", folder.resolve("%d.png").toString()))) {
      sink.begin(SinkStage.pictures());
      MediaException full = assertThrows(MediaException.class, () -> stage.give(sink, 0, 1, 0));
      assertEquals(MediaException.Code.SINK_FAILED, full.code());
      assertTrue(String.valueOf(full.getMessage()).contains("No space left"), full.getMessage());
    }
    assertFalse(Files.exists(folder.resolve("0.png")));
  }
}
