package org.framecast.stream.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.plugin.OptionBinder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that run full when nothing is left to come: at the end of a file. */
class FullDiskTest {
  private static final long ORIGIN = 5_000_000_000L;
  private static final Path FULL = Path.of("/dev/full");

  private final SinkStage stage = new SinkStage();
  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() {
    stage.close();
  }

  private StreamSink sink(Path file, String container) {
    return new FileSinkProvider()
        .create(
            OptionBinder.bind(
                FileSinkOptions.class, Map.of("path", file.toString(), "container", container)),
            stage);
  }

  /** So little comes that FFmpeg keeps all of it until the end; a plain MP4's head it does not. */
  @ParameterizedTest
  @ValueSource(strings = {"fmp4", "mkv", "webm"})
  void whatDoesNotFitAtTheEndIsSaidAndNoFileLooksComplete(String container) throws Exception {
    Path file = folder.resolve("out." + container);
    Files.createSymbolicLink(folder.resolve("out." + container + ".part"), FULL);
    try (StreamSink sink = sink(file, container)) {
      sink.begin(SinkStage.both());
      stage.give(sink, 0, 10, ORIGIN);
      MediaException full = assertThrows(MediaException.class, sink::finish);
      assertEquals(MediaException.Code.SINK_FAILED, full.code());
      assertTrue(String.valueOf(full.getMessage()).contains("No space left"), full.getMessage());
    }
    assertFalse(Files.exists(file, LinkOption.NOFOLLOW_LINKS), "it has the name of a whole file");
  }

  @Test
  void withoutRoomForACopyTheIndexStaysAtTheEndAndTheFileIsWhole() throws Exception {
    Path file = folder.resolve("out.mp4");
    Files.createSymbolicLink(folder.resolve("out.mp4.part.index"), FULL);
    try (StreamSink sink = sink(file, "mp4")) {
      sink.begin(SinkStage.both());
      stage.give(sink, 0, 60, ORIGIN);
      sink.finish();
    }
    List<String> boxes = Boxes.of(Files.readAllBytes(file));
    assertTrue(boxes.indexOf("moov") > boxes.indexOf("mdat"), boxes.toString());
    Probe.of(file).requireBeats(60, 1.0 / SinkStage.FRAME_RATE, 0.001);
    try (var all = Files.list(folder)) {
      assertEquals(List.of(file), all.toList());
    }
  }
}
