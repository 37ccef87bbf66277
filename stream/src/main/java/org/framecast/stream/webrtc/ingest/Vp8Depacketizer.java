package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * VP8: a descriptor of one byte and up to five optional ones, then a part of the frame.
 *
 * <p><b>Source:</b> RFC 7741 §4.2, §4.3.
 */
final class Vp8Depacketizer implements Depacketizer {
  private static final int EXTENDED = 0x80;
  private static final int START = 0x10;
  private static final int PARTITION = 0x07;
  private static final int HAS_PICTURE_ID = 0x80;
  private static final int HAS_TL0_INDEX = 0x40;
  private static final int HAS_LAYER_OR_KEY_INDEX = 0x30;

  private boolean keyframe;

  @Override
  public void begin() {
    keyframe = false;
  }

  @Override
  public boolean isFirst(MemorySegment memory, long at, int bytes) {
    int first = memory.get(ValueLayout.JAVA_BYTE, at);
    return (first & (START | PARTITION)) == START;
  }

  /** Bytes of the descriptor, or more than there are. */
  private static int descriptor(MemorySegment memory, long at, int bytes) {
    int size = 1;
    if ((memory.get(ValueLayout.JAVA_BYTE, at) & EXTENDED) == 0 || bytes < 2) {
      return bytes < 2 ? bytes : size;
    }
    int extension = memory.get(ValueLayout.JAVA_BYTE, at + 1);
    size++;
    if ((extension & HAS_PICTURE_ID) != 0) {
      if (bytes <= size) {
        return bytes;
      }
      size += memory.get(ValueLayout.JAVA_BYTE, at + size) < 0 ? 2 : 1;
    }
    if ((extension & HAS_TL0_INDEX) != 0) {
      size++;
    }
    if ((extension & HAS_LAYER_OR_KEY_INDEX) != 0) {
      size++;
    }
    return size;
  }

  @Override
  public Part add(MemorySegment memory, long at, int bytes, UnitBuffer unit) {
    int descriptor = descriptor(memory, at, bytes);
    boolean begins = unit.sizeBytes() == 0;
    if (descriptor >= bytes || begins != isFirst(memory, at, bytes)) {
      return Part.BROKEN;
    }
    if (begins) {
      // RFC 6386 §9.1: the lowest bit of the frame tag is 0 for a key frame.
      keyframe = (memory.get(ValueLayout.JAVA_BYTE, at + descriptor) & 1) == 0;
    }
    return unit.append(memory, at + descriptor, bytes - descriptor) ? Part.TAKEN : Part.BROKEN;
  }

  @Override
  public Part end(UnitBuffer unit) {
    return Part.TAKEN;
  }

  @Override
  public boolean isKeyframe() {
    return keyframe;
  }
}
