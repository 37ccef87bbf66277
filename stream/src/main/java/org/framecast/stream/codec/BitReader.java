package org.framecast.stream.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads a header bit by bit, the highest first.
 *
 * <p><b>Throws:</b> {@link IndexOutOfBoundsException} behind the end.
 */
final class BitReader {
  private static final int MAX_ZEROS = 31;

  private final MemorySegment data;
  private final long endBit;
  private long bit;

  BitReader(MemorySegment data, long fromByte, long toByte) {
    this.data = data;
    bit = fromByte * 8;
    endBit = toByte * 8;
  }

  /** An unsigned number of up to 31 bits. */
  int read(int bits) {
    int value = 0;
    for (int i = 0; i < bits; i++) {
      if (bit >= endBit) {
        throw new IndexOutOfBoundsException("behind the last bit");
      }
      int octet = data.get(ValueLayout.JAVA_BYTE, bit >> 3);
      value = value << 1 | octet >> (7 - (bit & 7)) & 1;
      bit++;
    }
    return value;
  }

  void skip(int bits) {
    bit += bits;
  }

  /** An unsigned Exp-Golomb number. */
  int unsigned() {
    int zeros = 0;
    while (read(1) == 0) {
      if (++zeros > MAX_ZEROS) {
        throw new IndexOutOfBoundsException("no such number");
      }
    }
    return zeros == 0 ? 0 : (int) ((1L << zeros) - 1 + read(zeros));
  }

  /** A signed Exp-Golomb number. */
  int signed() {
    int code = unsigned();
    return (code & 1) == 1 ? code / 2 + 1 : -(code / 2);
  }
}
