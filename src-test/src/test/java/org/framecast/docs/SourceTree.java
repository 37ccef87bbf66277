package org.framecast.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files of the checkout, without what is built, fetched or ignored. */
final class SourceTree {
  private static final Set<String> BUILT =
      Set.of(
          ".git", "target", "node_modules", ".binaries", ".run", ".venv", "__pycache__", ".idea");
  private static final Path ROOT = findRoot();
  private static final List<Path> FILES = walk();

  private SourceTree() {}

  private static Path findRoot() {
    String given = System.getProperty("framecast.root");
    Path folder = Path.of(given == null ? "" : given).toAbsolutePath().normalize();
    while (!Files.exists(folder.resolve("docs/mission.md"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("no docs/mission.md above " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }

  private static List<Path> walk() {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          ROOT,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              Path relative = ROOT.relativize(folder);
              boolean skipped =
                  BUILT.contains(folder.getFileName().toString())
                      || relative.equals(Path.of("models", "work"));
              return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = file.getFileName().toString();
              // In a linked work tree .git is a file.
              if (attributes.isRegularFile() && !name.equals(".git") && !name.endsWith(".log")) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(found);
  }

  static Path root() {
    return ROOT;
  }

  static List<Path> files() {
    return FILES;
  }

  static List<Path> filesEnding(String suffix) {
    return FILES.stream().filter(file -> file.toString().endsWith(suffix)).toList();
  }

  static Optional<Path> fileNamed(String name) {
    return FILES.stream().filter(file -> file.getFileName().toString().equals(name)).findFirst();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file's text; empty for a binary file. */
  static Optional<String> readText(Path file) {
    try {
      String text = Files.readString(file);
      return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
    } catch (MalformedInputException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String relative(Path file) {
    return ROOT.relativize(file).toString();
  }
}
