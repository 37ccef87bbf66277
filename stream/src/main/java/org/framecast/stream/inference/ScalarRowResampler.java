package org.framecast.stream.inference;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Any width to any other. */
final class ScalarRowResampler implements RowResampler {
  private static final VarHandle PIXELS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int source;
  private final ResampleTable columns;
  private final byte[] above;
  private final byte[] below;

  ScalarRowResampler(int source, int target) {
    this.source = source;
    this.columns = ResampleTable.of(source, target);
    this.above = new byte[source + Integer.BYTES];
    this.below = new byte[source + Integer.BYTES];
  }

  /** Both pixels of a row are weighted in one multiplication, each in its half of an int. */
  @Override
  public void resample(MemorySegment plane, long upper, long lower, int weight, int[] target) {
    MemorySegment.copy(plane, ValueLayout.JAVA_BYTE, upper, above, 0, source);
    MemorySegment.copy(plane, ValueLayout.JAVA_BYTE, lower, below, 0, source);
    int[] first = columns.first();
    int[] weights = columns.weight();
    int other = ResampleTable.ONE - weight;
    for (int i = 0; i < first.length; i++) {
      int both =
          spread((int) PIXELS.get(above, first[i])) * other
              + spread((int) PIXELS.get(below, first[i])) * weight;
      int left = both & 0xFFFF;
      target[i] = left * ResampleTable.ONE + ((both >>> 16) - left) * weights[i];
    }
  }

  private static int spread(int pixels) {
    return pixels & 0xFF | (pixels & 0xFF00) << 8;
  }
}
