package org.framecast.stream.codec;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntPredicate;

/**
 * Takes from a keyframe what a file must say of its codec before the first unit.
 *
 * <p><b>Source:</b> ITU-T H.264 Annex B and §7.3.1; AV1 bitstream specification §5.3
 */
public final class CodecConfiguration {
  private static final int SEQUENCE_SET = 7;
  private static final int PICTURE_SET = 8;

  /** Of the video, the sequence and the picture, in this order. */
  private static final int FIRST_SET_OF_H265 = 32;

  private static final int LAST_SET_OF_H265 = 34;
  private static final int OBU_SEQUENCE_HEADER = 1;
  private static final int START_CODE_BYTES = 3;

  private CodecConfiguration() {}

  /**
   * The parameter sets of H264 and H265 with start codes, the sequence header of AV1, else nothing.
   */
  public static byte[] of(TrackCodec codec, TrackUnit keyframe) {
    MemorySegment unit = keyframe.data().content();
    return switch (codec) {
      case H264 ->
          sets(unit, header -> (header & 0x1F) == SEQUENCE_SET || (header & 0x1F) == PICTURE_SET);
      case H265 ->
          sets(
              unit,
              header -> {
                int type = header >> 1 & 0x3F;
                return type >= FIRST_SET_OF_H265 && type <= LAST_SET_OF_H265;
              });
      case AV1 -> av1(unit);
      case VP8, VP9, OPUS, AAC -> new byte[0];
    };
  }

  private static byte[] sets(MemorySegment unit, IntPredicate isSet) {
    ByteArrayOutputStream sets = new ByteArrayOutputStream();
    long start = nextStart(unit, 0);
    while (start < unit.byteSize()) {
      long next = nextStart(unit, start + START_CODE_BYTES);
      if (isSet.test(byteAt(unit, start + START_CODE_BYTES))) {
        sets.write(0);
        sets.writeBytes(bytes(unit, start, withoutZeros(unit, start, next)));
      }
      start = next;
    }
    return sets.toByteArray();
  }

  /** Where the next start code with a byte behind it begins; the size when there is none. */
  private static long nextStart(MemorySegment unit, long from) {
    for (long at = from; at + START_CODE_BYTES < unit.byteSize(); at++) {
      if (byteAt(unit, at) == 0 && byteAt(unit, at + 1) == 0 && byteAt(unit, at + 2) == 1) {
        return at;
      }
    }
    return unit.byteSize();
  }

  /** A unit's end without the zeros that belong to the next start code. */
  private static long withoutZeros(MemorySegment unit, long start, long end) {
    long last = end;
    while (last > start + START_CODE_BYTES + 1 && byteAt(unit, last - 1) == 0) {
      last--;
    }
    return last;
  }

  private static byte[] av1(MemorySegment unit) {
    long at = 0;
    while (at < unit.byteSize()) {
      long start = at;
      int header = byteAt(unit, at);
      at += (header & 0x04) != 0 ? 2 : 1;
      long size = unit.byteSize() - at;
      if ((header & 0x02) != 0) {
        size = 0;
        int part;
        int shift = 0;
        do {
          part = byteAt(unit, at++);
          size |= (long) (part & 0x7F) << shift;
          shift += 7;
        } while ((part & 0x80) != 0 && shift < 56);
      }
      if ((header >> 3 & 0x0F) == OBU_SEQUENCE_HEADER) {
        return bytes(unit, start, at + size);
      }
      at += size;
    }
    return new byte[0];
  }

  private static byte[] bytes(MemorySegment unit, long from, long to) {
    return unit.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE);
  }

  private static int byteAt(MemorySegment unit, long at) {
    return Byte.toUnsignedInt(unit.get(ValueLayout.JAVA_BYTE, at));
  }
}
