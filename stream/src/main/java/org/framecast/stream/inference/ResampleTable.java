package org.framecast.stream.inference;

/**
 * For each target position the source position at or before it and the weight of the one after it:
 * linear interpolation between pixel centres. At the edges that weight is 0.
 *
 * <p><b>Units and shapes:</b> weights are 64ths.
 */
record ResampleTable(int[] first, int[] weight) {
  /** The weight of a whole pixel. */
  static final int ONE = 64;

  static ResampleTable of(int source, int target) {
    int[] first = new int[target];
    int[] weight = new int[target];
    for (int i = 0; i < target; i++) {
      double position = Math.clamp((i + 0.5) * source / target - 0.5, 0, source - 1);
      first[i] = (int) position;
      weight[i] = (int) Math.rint((position - first[i]) * ONE);
    }
    return new ResampleTable(first, weight);
  }
}
