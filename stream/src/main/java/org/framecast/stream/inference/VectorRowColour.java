package org.framecast.stream.inference;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * As many pixels at a time as the machine's vectors hold. Needs the module {@code
 * jdk.incubator.vector}.
 */
final class VectorRowColour implements RowColour {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

  @Override
  public void convert(int[] y, int[] u, int[] v, float[][] rgb, int width) {
    int bound = FLOATS.loopBound(width);
    for (int i = 0; i < bound; i += FLOATS.length()) {
      FloatVector light = centred(y, i, BLACK).mul(LUMA);
      FloatVector blueness = centred(u, i, NEUTRAL);
      FloatVector redness = centred(v, i, NEUTRAL);
      store(light.add(redness.mul(RED_V)), rgb[0], i);
      store(light.add(blueness.mul(GREEN_U)).add(redness.mul(GREEN_V)), rgb[1], i);
      store(light.add(blueness.mul(BLUE_U)), rgb[2], i);
    }
    ScalarRowColour.convert(y, u, v, rgb, bound, width);
  }

  private static FloatVector centred(int[] values, int at, int middle) {
    return (FloatVector)
        IntVector.fromArray(INTS, values, at)
            .sub(middle)
            .convertShape(VectorOperators.I2F, FLOATS, 0);
  }

  private static void store(FloatVector colour, float[] row, int at) {
    colour.min(1f).max(0f).intoArray(row, at);
  }
}
