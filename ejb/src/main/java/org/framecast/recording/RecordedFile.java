package org.framecast.recording;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A recording that is complete.
 *
 * @param modified when it was completed
 */
public record RecordedFile(String name, Path path, long sizeBytes, Instant modified) {
  /** What its ending says that it is. */
  public String mediaType() {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "webm" -> "video/webm";
      case "mkv" -> "video/x-matroska";
      default -> "video/mp4";
    };
  }
}
