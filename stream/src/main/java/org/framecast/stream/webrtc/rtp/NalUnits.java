package org.framecast.stream.webrtc.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Finds the NAL units in a byte stream.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Source:</b> ITU-T H.264 Annex B.
 */
final class NalUnits {
  private int[] starts = new int[16];
  private int[] sizes = new int[16];
  private byte[] types = new byte[16];
  private int count;

  /** Replaces what was found before. */
  void read(MemorySegment source, int bytes) {
    count = 0;
    int start = -1;
    int zeros = 0;
    for (int i = 0; i < bytes; i++) {
      byte value = source.get(ValueLayout.JAVA_BYTE, i);
      if (value == 0) {
        zeros++;
      } else {
        if (value == 1 && zeros >= 2) {
          add(source, start, i - zeros);
          start = i + 1;
        }
        zeros = 0;
      }
    }
    // Zeros at the end are no part of a NAL unit.
    add(source, start, bytes - zeros);
  }

  private void add(MemorySegment source, int start, int end) {
    if (start < 0 || end <= start) {
      return;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      sizes = Arrays.copyOf(sizes, count * 2);
      types = Arrays.copyOf(types, count * 2);
    }
    starts[count] = start;
    sizes[count] = end - start;
    types[count] = (byte) (source.get(ValueLayout.JAVA_BYTE, start) & 0x1f);
    count++;
  }

  int count() {
    return count;
  }

  int start(int index) {
    return starts[index];
  }

  int sizeBytes(int index) {
    return sizes[index];
  }

  int type(int index) {
    return types[index];
  }
}
