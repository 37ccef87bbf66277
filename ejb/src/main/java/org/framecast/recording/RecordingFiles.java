package org.framecast.recording;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.framecast.live.OwnerFolders;
import org.framecast.session.Session;

/**
 * The recordings that each owner has. A name is one of a file in its folder, never a path; a link
 * is no recording.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class RecordingFiles {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,150}\\.(mp4|mkv|webm)");

  /** What a file sink writes to until it is complete, and its copy with the index in front. */
  private static final Pattern LEFT =
      Pattern.compile("(?<name>" + NAME.pattern() + ")\\.part(?<copy>\\.index)?");

  private final OwnerFolders folders;

  @Inject
  public RecordingFiles(OwnerFolders folders) {
    this.folders = folders;
  }

  /** The owner's recordings, the newest first. */
  public List<RecordedFile> list(Session owner) {
    Path folder = folders.of(owner);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .flatMap(file -> recording(folder, file.getFileName().toString()).stream())
          .sorted(Comparator.comparing(RecordedFile::modified).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the recordings cannot be listed", e);
    }
  }

  /**
   * One of the owner's recordings.
   *
   * @throws org.framecast.problem.ProblemException with 404
   */
  public RecordedFile require(Session owner, String name) {
    return recording(folders.of(owner), name)
        .orElseThrow(() -> RecordingProblems.unknown().asException());
  }

  /** Deletes one of the owner's recordings. */
  public void delete(Session owner, String name) {
    RecordedFile file = require(owner, name);
    try {
      Files.deleteIfExists(file.path());
    } catch (IOException e) {
      throw new UncheckedIOException("a recording cannot be deleted", e);
    }
  }

  /**
   * Gives what a server that was killed left unfinished the names of recordings: each plays up to
   * about a second before the end. For the start, when nothing is recorded.
   */
  public void nameCutOff() {
    for (Path owner : below(folders.root())) {
      if (Files.isDirectory(owner, LinkOption.NOFOLLOW_LINKS)) {
        below(owner).forEach(RecordingFiles::nameCutOff);
      }
    }
  }

  private static List<Path> below(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException | UncheckedIOException e) {
      RecordingMessages.LOG.notNamed(e);
      return List.of();
    }
  }

  private static void nameCutOff(Path file) {
    Matcher left = LEFT.matcher(file.getFileName().toString());
    if (!left.matches() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    String name = left.group("name");
    try {
      if (left.group("copy") != null || Files.size(file) == 0) {
        Files.delete(file);
      } else if (!Files.exists(file.resolveSibling(name))) {
        Files.move(file, file.resolveSibling(name));
        RecordingMessages.LOG.cutOff(name);
      }
    } catch (IOException e) {
      RecordingMessages.LOG.notNamed(e);
    }
  }

  private static Optional<RecordedFile> recording(Path folder, String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Path file = folder.resolve(name);
    try {
      BasicFileAttributes facts =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return facts.isRegularFile()
          ? Optional.of(
              new RecordedFile(name, file, facts.size(), facts.lastModifiedTime().toInstant()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("a recording cannot be read", e);
    }
  }
}
