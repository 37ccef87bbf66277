package org.framecast.bench;

import java.util.List;

/** The middle of some figures, or the mean of the two in the middle. */
final class Median {
  private Median() {}

  /**
   * @param values at least one
   */
  static double of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
