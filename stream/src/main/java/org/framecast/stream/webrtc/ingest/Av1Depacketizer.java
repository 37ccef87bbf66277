package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * AV1: an aggregation header, then elements that are open bitstream units (OBUs) or parts of one.
 * The unit is a temporal unit in the low-overhead format: a delimiter, then OBUs that each carry
 * their size.
 *
 * <p><b>Source:</b> RTP Payload Format for AV1 (v1.0) §4.3 to §4.5, AV1 Bitstream Specification
 * §5.3, §4.10.5.
 */
final class Av1Depacketizer implements Depacketizer {
  private static final int CONTINUES = 0x80;
  private static final int CONTINUED = 0x40;
  private static final int COUNT_SHIFT = 4;
  private static final int COUNT = 0x03;
  private static final int NEW_SEQUENCE = 0x08;
  private static final int FORBIDDEN = 0x80;
  private static final int HAS_EXTENSION = 0x04;
  private static final int HAS_SIZE = 0x02;
  private static final int SEQUENCE_HEADER = 1;
  private static final int DELIMITER = 2;
  private static final int TILE_LIST = 8;
  private static final int PADDING = 15;
  private static final int DELIMITER_OBU = DELIMITER << 3 | HAS_SIZE;
  private static final int MAX_LEB_BYTES = 5;
  private static final int NO_OBU = -1;

  private boolean keyframe;
  // Where the OBU that is not over yet begins in the unit.
  private int open = NO_OBU;
  private int lebBytes;

  @Override
  public void begin() {
    keyframe = false;
    open = NO_OBU;
  }

  /** The flag stands on the first packet of a coded video sequence alone. */
  @Override
  public boolean isFirst(MemorySegment memory, long at, int bytes) {
    return (memory.get(ValueLayout.JAVA_BYTE, at) & (CONTINUES | NEW_SEQUENCE)) == NEW_SEQUENCE;
  }

  @Override
  public Part add(MemorySegment memory, long at, int bytes, UnitBuffer unit) {
    int head = memory.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    boolean continues = (head & CONTINUES) != 0;
    if (bytes < 2 || continues != (open != NO_OBU)) {
      return Part.BROKEN;
    }
    if (unit.sizeBytes() == 0 && !(unit.append(DELIMITER_OBU) && unit.append(0))) {
      return Part.BROKEN;
    }
    return elements(memory, at, bytes, head, unit) ? Part.TAKEN : Part.BROKEN;
  }

  private boolean elements(MemorySegment memory, long at, int bytes, int head, UnitBuffer unit) {
    int count = (head >> COUNT_SHIFT) & COUNT;
    int position = 1;
    for (int i = 1; position < bytes; i++) {
      boolean unsized = i == count;
      int size = bytes - position;
      if (!unsized) {
        long stated = leb128(memory, at + position, size);
        if (stated < 0 || stated > size - lebBytes) {
          return false;
        }
        position += lebBytes;
        size = (int) stated;
      }
      if ((count > 0 && i > count) || !element(memory, at + position, size, unit)) {
        return false;
      }
      position += size;
      boolean goesOn = position == bytes && (head & CONTINUED) != 0;
      if (!goesOn && !close(unit)) {
        return false;
      }
    }
    return true;
  }

  /** Bytes of an OBU; the first of them may open it. An empty element is no fault. */
  private boolean element(MemorySegment memory, long at, int size, UnitBuffer unit) {
    if (size == 0) {
      return true;
    }
    if (open == NO_OBU) {
      open = unit.sizeBytes();
    }
    return unit.append(memory, at, size);
  }

  /** The OBU is whole: gives it its size, or leaves it out. */
  private boolean close(UnitBuffer unit) {
    int start = open;
    open = NO_OBU;
    if (start == NO_OBU) {
      return true;
    }
    int header = unit.get(start);
    int type = (header >> 3) & 0x0f;
    if ((header & FORBIDDEN) != 0) {
      return false;
    }
    if (type == DELIMITER || type == TILE_LIST || type == PADDING) {
      unit.cut(start);
      return true;
    }
    keyframe |= type == SEQUENCE_HEADER;
    if ((header & HAS_SIZE) != 0) {
      return true;
    }
    int headerBytes = (header & HAS_EXTENSION) != 0 ? 2 : 1;
    int body = unit.sizeBytes() - start - headerBytes;
    if (body < 0) {
      return false;
    }
    return sized(unit, start, header, headerBytes, body);
  }

  private static boolean sized(UnitBuffer unit, int start, int header, int headerBytes, int body) {
    int bytes = 1;
    while (body >> (7 * bytes) != 0) {
      bytes++;
    }
    if (!unit.insert(start + headerBytes, bytes)) {
      return false;
    }
    unit.set(start, header | HAS_SIZE);
    for (int i = 0; i < bytes; i++) {
      int more = i < bytes - 1 ? 0x80 : 0;
      unit.set(start + headerBytes + i, (body >> (7 * i)) & 0x7f | more);
    }
    return true;
  }

  /** The value, or -1; leaves its bytes in {@link #lebBytes}. */
  private long leb128(MemorySegment memory, long at, int bytes) {
    long value = 0;
    for (int i = 0; i < MAX_LEB_BYTES && i < bytes; i++) {
      int octet = memory.get(ValueLayout.JAVA_BYTE, at + i) & 0xff;
      value |= (long) (octet & 0x7f) << (7 * i);
      if ((octet & 0x80) == 0) {
        lebBytes = i + 1;
        return value;
      }
    }
    return -1;
  }

  @Override
  public Part end(UnitBuffer unit) {
    if (unit.sizeBytes() == 2) {
      unit.cut(0);
    }
    return open == NO_OBU ? Part.TAKEN : Part.BROKEN;
  }

  @Override
  public boolean isKeyframe() {
    return keyframe;
  }
}
