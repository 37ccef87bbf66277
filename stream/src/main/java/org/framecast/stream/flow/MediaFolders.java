package org.framecast.stream.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.framecast.stream.media.MediaException;
import org.jspecify.annotations.Nullable;

/**
 * The folders that components may read files from and write files to.
 *
 * <p>A relative path is looked for in each folder, in their order; an absolute one must lie in one
 * of them. Links are followed first, so that none leads out. Text with a scheme, as {@code http:},
 * is no path, nor is text of more than one line: messages and logs name files. Whoever can write in
 * a folder can change it between the answer and its use: give it to the server alone.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Throws:</b> {@link MediaException} with OPTIONS for what is refused; its words do not tell
 * whether something is there that may not be used, and name the path only where all may be used.
 *
 * @param readable where files may be read
 * @param writable where files may be made and replaced
 */
public record MediaFolders(List<Path> readable, List<Path> writable) {
  /** RFC 3986 §3.1, and the colon that ends it. */
  private static final Pattern SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

  /** What may end a line somewhere, or move a terminal's cursor. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  public MediaFolders {
    readable = absolute(readable);
    writable = absolute(writable);
  }

  /** None: every path is refused. */
  public static MediaFolders none() {
    return new MediaFolders(List.of(), List.of());
  }

  /** All folders, for who works on a machine as itself; relative paths are the process's own. */
  public static MediaFolders everywhere() {
    return everywhere(Path.of(""));
  }

  /** All folders, where relative paths are looked for in this one. */
  public static MediaFolders everywhere(Path folder) {
    Path here = folder.toAbsolutePath();
    List<Path> all = List.of(here, here.getRoot());
    return new MediaFolders(all, all);
  }

  /** The file or folder of that path, which is there and may be read, without links. */
  public Path readable(String path) {
    Path asked = parse(path);
    for (Path folder : readable) {
      Path real = real(folder.resolve(asked));
      if (real != null && inside(real, readable)) {
        return real;
      }
    }
    throw refused(
        isAll(readable)
            ? "there is no file " + readable.getFirst().resolve(asked).normalize()
            : "there is no such file among those that may be read");
  }

  /** The path where a file or folder may be made or replaced, without links. It makes none. */
  public Path writable(String path) {
    Path asked = parse(path);
    for (Path folder : writable) {
      Path real = realOrNew(folder.resolve(asked));
      if (real != null && inside(real, writable)) {
        return real;
      }
    }
    throw refused(
        isAll(writable)
            ? "nothing can be made at " + writable.getFirst().resolve(asked).normalize()
            : "it is in no folder that may be written to");
  }

  private static Path parse(String path) {
    if (path.isBlank() || SCHEME.matcher(path).matches() || CONTROL.matcher(path).find()) {
      throw refused("it is not the path of a file");
    }
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw refused("it is not the path of a file");
    }
  }

  private static @Nullable Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return null;
    }
  }

  /** The real path of what is there, and below it what is not, which must not climb. */
  private static @Nullable Path realOrNew(Path path) {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return real(path);
    }
    Path parent = path.getParent();
    Path name = path.getFileName();
    if (parent == null || name == null || name.toString().equals("..")) {
      return null;
    }
    Path above = realOrNew(parent);
    return above == null ? null : above.resolve(name).normalize();
  }

  /** Who may use all of them may be told the path. */
  private static boolean isAll(List<Path> folders) {
    return folders.stream().anyMatch(folder -> folder.equals(folder.getRoot()));
  }

  private static boolean inside(Path real, List<Path> folders) {
    return folders.stream()
        .map(MediaFolders::real)
        .anyMatch(folder -> folder != null && real.startsWith(folder));
  }

  private static List<Path> absolute(List<Path> folders) {
    return folders.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
  }

  private static MediaException refused(String why) {
    return new MediaException(MediaException.Code.OPTIONS, why);
  }
}
