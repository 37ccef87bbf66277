package org.framecast.stream.inference;

import java.nio.file.Path;
import java.util.List;

/**
 * A model on disk as its manifest describes it.
 *
 * @param name unique in its manifest
 * @param path of the file
 * @param sha256 of the file's bytes, 64 lower-case hexadecimal digits
 * @param sizeBytes of the file
 * @param kind what its output means, such as {@code detector-yolov8}
 * @param labels the class names in the order of the class scores
 */
public record ModelFile(
    String name, Path path, String sha256, long sizeBytes, String kind, List<String> labels) {
  /** The kind of models whose output is {@code 1 x (4 + classes) x anchors}. */
  public static final String DETECTOR = "detector-yolov8";

  public ModelFile {
    labels = List.copyOf(labels);
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("model " + name + " without a SHA-256");
    }
  }
}
