package org.framecast.stream.inference;

import java.util.Set;

/**
 * Which of the boxes that a model proposes count as found.
 *
 * @param minScore least score, 0 to 1
 * @param maxOverlap of two boxes of a class that overlap more than this (intersection over union)
 *     the worse one is dropped
 * @param labels the classes to keep; empty for all
 * @param maxDetections the best so many are kept
 */
public record DetectionSettings(
    float minScore, float maxOverlap, Set<String> labels, int maxDetections) {
  public DetectionSettings {
    labels = Set.copyOf(labels);
    if (!(minScore >= 0 && minScore <= 1 && maxOverlap >= 0 && maxOverlap <= 1)
        || maxDetections < 1) {
      throw new IllegalArgumentException(
          "score " + minScore + ", overlap " + maxOverlap + ", detections " + maxDetections);
    }
  }

  /** All classes at the usual thresholds. */
  public static DetectionSettings usual() {
    return new DetectionSettings(0.4f, 0.6f, Set.of(), 100);
  }
}
