package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * VP9: a descriptor with optional picture number, layer indices, references and scalability
 * structure, then a part of the frame. Spatial layers above the lowest are left out: what is left
 * is a stream of its own.
 *
 * <p><b>Source:</b> RFC 9628 §4.2.
 */
final class Vp9Depacketizer implements Depacketizer {
  private static final int HAS_PICTURE_ID = 0x80;
  private static final int INTER_PICTURE = 0x40;
  private static final int HAS_LAYERS = 0x20;
  private static final int FLEXIBLE = 0x10;
  private static final int START = 0x08;
  private static final int END = 0x04;
  private static final int HAS_STRUCTURE = 0x02;
  private static final int MALFORMED = -1;
  private static final int MAX_REFERENCES = 3;

  private boolean keyframe;
  private boolean ended;
  private int spatial;

  @Override
  public void begin() {
    keyframe = false;
    ended = false;
  }

  @Override
  public boolean isFirst(MemorySegment memory, long at, int bytes) {
    return (memory.get(ValueLayout.JAVA_BYTE, at) & START) != 0
        && descriptor(memory, at, bytes) > 0
        && spatial == 0;
  }

  /** Bytes of the descriptor, or {@link #MALFORMED}; leaves the spatial layer behind. */
  private int descriptor(MemorySegment memory, long at, int bytes) {
    int first = memory.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    int size = 1;
    spatial = 0;
    if ((first & HAS_PICTURE_ID) != 0) {
      if (size >= bytes) {
        return MALFORMED;
      }
      size += memory.get(ValueLayout.JAVA_BYTE, at + size) < 0 ? 2 : 1;
    }
    if ((first & HAS_LAYERS) != 0) {
      if (size >= bytes) {
        return MALFORMED;
      }
      spatial = (memory.get(ValueLayout.JAVA_BYTE, at + size) >> 1) & 0x07;
      size += (first & FLEXIBLE) != 0 ? 1 : 2;
    }
    if ((first & (FLEXIBLE | INTER_PICTURE)) == (FLEXIBLE | INTER_PICTURE)) {
      size = references(memory, at, bytes, size);
    }
    if (size > 0 && (first & HAS_STRUCTURE) != 0) {
      size = structure(memory, at, bytes, size);
    }
    return size < bytes ? size : MALFORMED;
  }

  private static int references(MemorySegment memory, long at, int bytes, int from) {
    int size = from;
    for (int i = 0; i < MAX_REFERENCES; i++) {
      if (size >= bytes) {
        return MALFORMED;
      }
      boolean more = (memory.get(ValueLayout.JAVA_BYTE, at + size) & 1) != 0;
      size++;
      if (!more) {
        return size;
      }
    }
    return MALFORMED;
  }

  private static int structure(MemorySegment memory, long at, int bytes, int from) {
    if (from >= bytes) {
      return MALFORMED;
    }
    int head = memory.get(ValueLayout.JAVA_BYTE, at + from) & 0xff;
    int size = from + 1;
    if ((head & 0x10) != 0) {
      size += 4 * ((head >> 5) + 1);
    }
    if ((head & 0x08) == 0) {
      return size;
    }
    if (size >= bytes) {
      return MALFORMED;
    }
    int pictures = memory.get(ValueLayout.JAVA_BYTE, at + size) & 0xff;
    size++;
    for (int i = 0; i < pictures; i++) {
      if (size >= bytes) {
        return MALFORMED;
      }
      size += 1 + ((memory.get(ValueLayout.JAVA_BYTE, at + size) >> 2) & 0x03);
    }
    return size;
  }

  @Override
  public Part add(MemorySegment memory, long at, int bytes, UnitBuffer unit) {
    int descriptor = descriptor(memory, at, bytes);
    if (descriptor < 0) {
      return Part.BROKEN;
    }
    if (spatial > 0) {
      return ended ? Part.TAKEN : Part.BROKEN;
    }
    int first = memory.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    boolean begins = unit.sizeBytes() == 0;
    if (ended || begins != ((first & START) != 0)) {
      return Part.BROKEN;
    }
    if (begins) {
      keyframe = (first & INTER_PICTURE) == 0;
    }
    ended = (first & END) != 0;
    return unit.append(memory, at + descriptor, bytes - descriptor) ? Part.TAKEN : Part.BROKEN;
  }

  @Override
  public Part end(UnitBuffer unit) {
    return ended ? Part.TAKEN : Part.BROKEN;
  }

  @Override
  public boolean isKeyframe() {
    return keyframe;
  }
}
