package org.framecast.stream.source.clip;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.framecast.stream.media.AccessUnit.Kind;
import org.framecast.stream.media.Codec;

/**
 * Says by a unit's bytes whether it decodes alone.
 *
 * <p><b>Source:</b> RFC 6386 §9.1; VP9 bitstream specification §6.2; H.264 §7.4.1; AV1 bitstream
 * specification §5.3 and §7.5, where a keyframe that starts a sequence brings its header.
 */
final class UnitKinds {
  private static final int H264_IDR = 5;
  private static final int OBU_SEQUENCE_HEADER = 1;

  private UnitKinds() {}

  static Kind of(Codec codec, MemorySegment unit) {
    boolean alone =
        switch (codec) {
          case VP8 -> (byteAt(unit, 0) & 1) == 0;
          case VP9 -> vp9(byteAt(unit, 0));
          case H264 -> h264(unit);
          case AV1 -> av1(unit);
          case OPUS -> true;
        };
    return alone ? Kind.KEYFRAME : Kind.DELTA;
  }

  /** Two bits of marker, two of profile (and one more in profile 3), shown again, type. */
  private static boolean vp9(int first) {
    int afterProfile = (first & 0x30) == 0x30 ? 4 : 3;
    boolean shownAgain = (first >> afterProfile & 1) != 0;
    boolean inter = (first >> (afterProfile - 1) & 1) != 0;
    return !shownAgain && !inter;
  }

  private static boolean h264(MemorySegment unit) {
    for (long at = 0; at + 3 < unit.byteSize(); at++) {
      boolean start =
          byteAt(unit, at) == 0 && byteAt(unit, at + 1) == 0 && byteAt(unit, at + 2) == 1;
      if (start && (byteAt(unit, at + 3) & 0x1F) == H264_IDR) {
        return true;
      }
    }
    return false;
  }

  private static boolean av1(MemorySegment unit) {
    long at = 0;
    while (at < unit.byteSize()) {
      int obu = byteAt(unit, at);
      if ((obu >> 3 & 0x0F) == OBU_SEQUENCE_HEADER) {
        return true;
      }
      at += (obu & 0x04) != 0 ? 2 : 1;
      if ((obu & 0x02) == 0) {
        return false; // without a size it reaches to the end
      }
      long size = 0;
      for (int shift = 0; shift < 56 && at < unit.byteSize(); shift += 7) {
        int part = byteAt(unit, at++);
        size |= (long) (part & 0x7F) << shift;
        if ((part & 0x80) == 0) {
          break;
        }
      }
      at += size;
    }
    return false;
  }

  private static int byteAt(MemorySegment unit, long at) {
    return Byte.toUnsignedInt(unit.get(ValueLayout.JAVA_BYTE, at));
  }
}
