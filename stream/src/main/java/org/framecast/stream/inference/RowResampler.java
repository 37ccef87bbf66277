package org.framecast.stream.inference;

import java.lang.foreign.MemorySegment;

/**
 * Scales one row between two rows of a plane to another width.
 *
 * <p><b>Thread:</b> one at a time.
 */
interface RowResampler {
  /**
   * <b>Units and shapes:</b> results are multiplied by {@link RowColour#UNIT}.
   *
   * @param upper where the upper row starts in the plane
   * @param lower where the lower row starts
   * @param weight of the lower row in 64ths
   */
  void resample(MemorySegment plane, long upper, long lower, int weight, int[] target);
}
