package org.framecast.stream.webrtc.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Finds the open bitstream units in a temporal unit.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Source:</b> AV1 Bitstream Specification §5.3, §4.10.5.
 */
final class Obus {
  static final int SEQUENCE_HEADER = 1;
  private static final int TEMPORAL_DELIMITER = 2;
  private static final int TILE_LIST = 8;
  private static final int PADDING = 15;
  private static final int HAS_SIZE = 0x02;
  private static final int HAS_EXTENSION = 0x04;

  private int[] headers = new int[16];
  private int[] starts = new int[16];
  private int[] sizes = new int[16];
  private int count;
  private boolean sequenceHeader;

  /**
   * Replaces what was found before. Temporal delimiters, tile lists and padding are passed over:
   * they are not sent.
   *
   * @return false when the bytes are no such units
   */
  boolean read(MemorySegment source, int bytes) {
    count = 0;
    sequenceHeader = false;
    int at = 0;
    while (at < bytes) {
      int header = source.get(ValueLayout.JAVA_BYTE, at) & 0xff;
      boolean extended = (header & HAS_EXTENSION) != 0;
      int body = at + (extended ? 2 : 1);
      if ((header & 0x80) != 0 || body > bytes) {
        return false;
      }
      int size = bytes - body;
      if ((header & HAS_SIZE) != 0) {
        long read = leb128(source, body, bytes);
        if (read < 0) {
          return false;
        }
        body += (int) (read >>> 32);
        size = (int) read;
      }
      if (size < 0 || size > bytes - body) {
        return false;
      }
      add(source, header, at, body, size);
      at = body + size;
    }
    return true;
  }

  private void add(MemorySegment source, int header, int at, int body, int size) {
    int type = (header >> 3) & 0x0f;
    if (type == TEMPORAL_DELIMITER || type == TILE_LIST || type == PADDING) {
      return;
    }
    sequenceHeader |= type == SEQUENCE_HEADER;
    if (count == starts.length) {
      headers = Arrays.copyOf(headers, count * 2);
      starts = Arrays.copyOf(starts, count * 2);
      sizes = Arrays.copyOf(sizes, count * 2);
    }
    boolean extended = (header & HAS_EXTENSION) != 0;
    int second = extended ? source.get(ValueLayout.JAVA_BYTE, at + 1) & 0xff : 0;
    headers[count] = (header & ~HAS_SIZE) << 8 | second;
    starts[count] = body;
    sizes[count] = size;
    count++;
  }

  /** Bytes read in the upper half, the value in the lower; negative when it is none. */
  private static long leb128(MemorySegment source, int at, int end) {
    long value = 0;
    for (int i = 0; i < 8 && at + i < end; i++) {
      int octet = source.get(ValueLayout.JAVA_BYTE, at + i) & 0xff;
      value |= (long) (octet & 0x7f) << (7 * i);
      if ((octet & 0x80) == 0) {
        return value > Integer.MAX_VALUE ? -1 : (long) (i + 1) << 32 | value;
      }
    }
    return -1;
  }

  int count() {
    return count;
  }

  boolean hasSequenceHeader() {
    return sequenceHeader;
  }

  /** Bytes of the header, 1 or 2. */
  int headerBytes(int index) {
    return (headers[index] & HAS_EXTENSION << 8) != 0 ? 2 : 1;
  }

  /** The header without a size field: the first byte, then the extension or 0. */
  int header(int index) {
    return headers[index];
  }

  /** Where what follows the header begins. */
  int start(int index) {
    return starts[index];
  }

  /** Bytes after the header. */
  int bodyBytes(int index) {
    return sizes[index];
  }

  /** Header and body, without a size field. */
  int sizeBytes(int index) {
    return headerBytes(index) + sizes[index];
  }
}
