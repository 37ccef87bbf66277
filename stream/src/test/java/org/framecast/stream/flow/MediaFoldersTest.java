package org.framecast.stream.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.framecast.stream.media.MediaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaFoldersTest {
  @TempDir Path temporary;
  private Path base;
  private Path media;
  private Path recordings;
  private MediaFolders folders;

  @BeforeEach
  void makeFolders() throws IOException {
    base = temporary.toRealPath();
    media = Files.createDirectory(base.resolve("media"));
    Files.createDirectory(media.resolve("clips"));
    recordings = Files.createDirectory(base.resolve("recordings"));
    Files.writeString(media.resolve("clips/a.mp4"), "a");
    Files.writeString(base.resolve("secret.mp4"), "secret");
    Files.createDirectory(base.resolve("media-of-others"));
    Files.writeString(base.resolve("media-of-others/b.mp4"), "b");
    folders = new MediaFolders(List.of(media), List.of(recordings));
  }

  @Test
  void aFileInsideIsFoundByEitherPath() {
    Path file = media.resolve("clips/a.mp4");
    assertEquals(file, folders.readable("clips/a.mp4"));
    assertEquals(file, folders.readable("./clips/../clips/a.mp4"));
    assertEquals(file, folders.readable(file.toString()));
  }

  @Test
  void theFirstFolderThatHasItGivesIt() throws IOException {
    Path second = Files.createDirectory(base.resolve("second"));
    Files.writeString(second.resolve("c.mp4"), "c");
    MediaFolders both = new MediaFolders(List.of(media, second), List.of());
    assertEquals(second.resolve("c.mp4"), both.readable("c.mp4"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.mp4",
        "clips/../../secret.mp4",
        "../media-of-others/b.mp4",
        "absent.mp4",
        "/etc/passwd",
        "",
        " ",
        "file:clips/a.mp4",
        "http://localhost/a.mp4",
        "HTTP://localhost/a.mp4",
        "concat:clips/a.mp4",
        "data:video/mp4;base64,AAAA\n"
      })
  void whatLeavesOrIsNoPathIsNotRead(String path) {
    refused(() -> folders.readable(path));
  }

  @Test
  void aPathThatTheSystemCannotNameIsNotRead() {
    refused(() -> folders.readable("a\0b"));
  }

  @Test
  void whatIsOutsideIsNotReadByItsAbsolutePath() {
    refused(() -> folders.readable(base.resolve("secret.mp4").toString()));
    refused(() -> folders.readable(base.resolve("media-of-others/b.mp4").toString()));
  }

  @Test
  void noLinkLeadsOut() throws IOException {
    Files.createSymbolicLink(media.resolve("link.mp4"), base.resolve("secret.mp4"));
    Files.createSymbolicLink(media.resolve("up"), base);
    Files.createSymbolicLink(recordings.resolve("up"), base);
    Files.createSymbolicLink(recordings.resolve("dangling.mp4"), base.resolve("new.mp4"));
    refused(() -> folders.readable("link.mp4"));
    refused(() -> folders.readable("up/secret.mp4"));
    refused(() -> folders.writable("up/new.mp4"));
    refused(() -> folders.writable("up/secret.mp4"));
    refused(() -> folders.writable("dangling.mp4"));
  }

  @Test
  void aLinkThatStaysInsideIsFollowed() throws IOException {
    Files.createSymbolicLink(media.resolve("same.mp4"), media.resolve("clips/a.mp4"));
    assertEquals(media.resolve("clips/a.mp4"), folders.readable("same.mp4"));
  }

  @Test
  void aFolderThatIsALinkItselfIsUsed() throws IOException {
    Path alias = Files.createSymbolicLink(base.resolve("alias"), media);
    MediaFolders aliased = new MediaFolders(List.of(alias), List.of());
    assertEquals(media.resolve("clips/a.mp4"), aliased.readable("clips/a.mp4"));
  }

  @Test
  void newAndOldFilesMayBeWritten() throws IOException {
    Files.writeString(recordings.resolve("old.mp4"), "old");
    assertEquals(recordings.resolve("old.mp4"), folders.writable("old.mp4"));
    assertEquals(recordings.resolve("new.mp4"), folders.writable("new.mp4"));
    assertEquals(recordings.resolve("x/y/new.m3u8"), folders.writable("x/y/new.m3u8"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../new.mp4", "x/../../new.mp4", "x/../new.mp4", "/tmp/new.mp4", "http://h/n", ""})
  void whatLeavesOrIsNoPathIsNotWritten(String path) {
    refused(() -> folders.writable(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\n.mp4", "a\r.mp4", "a\u001b[2J.mp4", "a\u0085.mp4", "a\u2028.mp4"})
  void whatWouldForgeALineOfALogIsNoName(String path) throws IOException {
    refused(() -> folders.writable(path));
    Files.writeString(media.resolve(path), "there");
    refused(() -> folders.readable(path));
  }

  @Test
  void whatMayBeReadMayNotBeWritten() {
    refused(() -> folders.writable(media.resolve("clips/a.mp4").toString()));
  }

  @Test
  void noneHasNone() {
    refused(() -> MediaFolders.none().readable(media.resolve("clips/a.mp4").toString()));
    refused(() -> MediaFolders.none().writable("new.mp4"));
  }

  @Test
  void everywhereHasAll() {
    MediaFolders all = MediaFolders.everywhere();
    assertEquals(
        media.resolve("clips/a.mp4"), all.readable(media.resolve("clips/a.mp4").toString()));
    assertEquals(base.resolve("new.mp4"), all.writable(media.resolve("../new.mp4").toString()));
    assertEquals(Path.of("pom.xml").toAbsolutePath(), all.readable("pom.xml"));
    refused(() -> all.readable("https://localhost/a.mp4"));
  }

  @Test
  void thePathIsNamedOnlyWhereAllMayBeUsed() {
    MediaFolders all = MediaFolders.everywhere(base);
    assertEquals("there is no file " + base.resolve("absent.mp4"), words(all, "absent.mp4"));
    assertEquals("there is no file /absent.mp4", words(all, "/x/../absent.mp4"));
    assertEquals(
        "there is no such file among those that may be read", words(folders, "absent.mp4"));
  }

  private static String words(MediaFolders asked, String path) {
    return String.valueOf(
        assertThrows(MediaException.class, () -> asked.readable(path)).getMessage());
  }

  private static void refused(org.junit.jupiter.api.function.Executable call) {
    assertEquals(MediaException.Code.OPTIONS, assertThrows(MediaException.class, call).code());
  }
}
