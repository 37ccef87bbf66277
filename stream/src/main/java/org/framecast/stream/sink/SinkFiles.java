package org.framecast.stream.sink;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.framecast.stream.media.MediaException;
import org.jspecify.annotations.Nullable;

/** What goes wrong with files, in words. */
final class SinkFiles {
  private SinkFiles() {}

  /** Makes an empty file, so that what is wrong with its place shows before anything is encoded. */
  static void create(Path file) {
    requireFolder(file.toAbsolutePath().getParent());
    try {
      Files.write(file, new byte[0]);
    } catch (IOException e) {
      throw failed("cannot write " + file.getFileName(), e);
    }
  }

  static void requireFolder(@Nullable Path folder) {
    if (folder == null || !Files.isDirectory(folder)) {
      throw new MediaException(
          MediaException.Code.SINK_FAILED,
          "there is no folder " + (folder == null ? "" : folder.getFileName()));
    }
  }

  static MediaException failed(String what, IOException cause) {
    String why =
        switch (cause) {
          case AccessDeniedException denied -> "not allowed";
          case FileSystemException fault when fault.getReason() != null -> fault.getReason();
          default -> String.valueOf(cause.getMessage());
        };
    return new MediaException(MediaException.Code.SINK_FAILED, what + ": " + why, cause);
  }

  /** A file that nothing was written to is of no use to anybody. */
  static void deleteEmpty(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) == 0) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw failed("cannot delete " + file.getFileName(), e);
    }
  }
}
