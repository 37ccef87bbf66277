package org.framecast.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.framecast.config.ServerConfig;
import org.framecast.live.OwnerFolders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFilesTest {
  @TempDir Path root;
  private RecordingFiles files;

  @BeforeEach
  void open() {
    files = of(root);
  }

  private static RecordingFiles of(Path root) {
    Map<String, String> given = Map.of("framecast.recordings.dir", root.toString());
    return new RecordingFiles(
        new OwnerFolders(
            ServerConfig.read(key -> Optional.ofNullable(given.get(key)), Path.of("data"))));
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }

  private List<String> all() throws IOException {
    try (Stream<Path> found = Files.walk(root)) {
      return found
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void whatWasCutOffGetsItsName() throws IOException {
    write("one/a.mp4.part", "cut");
    write("one/b.webm", "whole");
    write("two/c.mkv.part", "cut");
    write("two/empty.mp4.part", "");
    write("two/c.mkv.part.index", "half a copy");
    files.nameCutOff();
    assertEquals(List.of("one/a.mp4", "one/b.webm", "two/c.mkv"), all());
    assertEquals("cut", Files.readString(root.resolve("one/a.mp4")));
  }

  @Test
  void whatIsNoRecordingOrHasItsNameAlreadyStays() throws IOException {
    List<String> stay =
        List.of(
            "a.mp4.part",
            "one/hls/video0-0.mp4.part",
            "one/picture.png.part",
            "one/there.mp4",
            "one/there.mp4.part");
    for (String file : stay) {
      write(file, file);
    }
    files.nameCutOff();
    assertEquals(stay, all());
    assertEquals("one/there.mp4", Files.readString(root.resolve("one/there.mp4")));
  }

  @Test
  void theFolderMayBeALinkAndNoOwnersMay() throws IOException {
    write("real/one/a.mp4.part", "cut");
    write("other/b.mp4.part", "cut");
    Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("real"));
    Files.createSymbolicLink(root.resolve("real/two"), root.resolve("other"));
    of(link).nameCutOff();
    assertEquals(List.of("other/b.mp4.part", "real/one/a.mp4"), all());
  }

  @Test
  void aFolderThatIsNotThereHasNothing() {
    of(root.resolve("absent")).nameCutOff();
  }
}
