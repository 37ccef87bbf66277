package org.framecast.stream.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Playlists and segments as files, for any web server. Each appears whole. */
final class HlsFolder implements HlsOutput {
  private static final String HALF = ".part";

  private final Path folder;

  private HlsFolder(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder if only its last name is missing. */
  static HlsFolder open(Path folder) {
    SinkFiles.requireFolder(folder.toAbsolutePath().getParent());
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(folder);
      }
    } catch (IOException e) {
      throw SinkFiles.failed("cannot make the folder " + folder.getFileName(), e);
    }
    return new HlsFolder(folder);
  }

  @Override
  public boolean servesParts() {
    return false;
  }

  @Override
  public String address(String name) {
    return name;
  }

  @Override
  public void media(String name, byte[] bytes) {
    Path half = folder.resolve(name + HALF);
    try {
      try {
        Files.write(half, bytes);
        Files.move(half, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(half);
      }
    } catch (IOException e) {
      throw SinkFiles.failed("cannot write " + name, e);
    }
  }

  @Override
  public void playlist(String name, String text, HlsPosition position) {
    media(name, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void multivariant(String name, String text) {
    media(name, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void remove(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException e) {
      throw SinkFiles.failed("cannot delete " + name, e);
    }
  }

  @Override
  public void end() {
    // Files stay as they are.
  }
}
