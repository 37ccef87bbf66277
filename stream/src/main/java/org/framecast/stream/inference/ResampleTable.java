package org.framecast.stream.inference;

/**
 * For each target position the two source positions around it and the weight of the second: linear
 * interpolation between pixel centres.
 *
 * <p><b>Units and shapes:</b> weights are 64ths.
 */
record ResampleTable(int[] first, int[] second, int[] weight) {
  /** The weight of a whole pixel. */
  static final int ONE = 64;

  static ResampleTable of(int source, int target) {
    int[] first = new int[target];
    int[] second = new int[target];
    int[] weight = new int[target];
    for (int i = 0; i < target; i++) {
      double position = (i + 0.5) * source / target - 0.5;
      int before = (int) Math.floor(position);
      first[i] = Math.clamp(before, 0, source - 1);
      second[i] = Math.clamp(before + 1L, 0, source - 1);
      weight[i] = (int) Math.rint((position - before) * ONE);
    }
    return new ResampleTable(first, second, weight);
  }
}
