package org.framecast.stream.codec;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the size from an H264 sequence parameter set.
 *
 * <p><b>Source:</b> ITU-T H.264 §7.3.2.1.1, §7.4.2.1.1
 */
final class SequenceParameters {
  private static final Set<Integer> WITH_CHROMA =
      Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);
  private static final int MACROBLOCK = 16;
  private static final int MAX_MACROBLOCKS = 1_024;
  private static final int MAX_CYCLE = 255;

  private SequenceParameters() {}

  /**
   * @param payload behind the header of the NAL unit, without emulation prevention
   */
  static Optional<CodedSize> size(MemorySegment payload) {
    BitReader bits = new BitReader(payload, 0, payload.byteSize());
    int profile = bits.read(8);
    bits.skip(16);
    bits.unsigned();
    int chroma = WITH_CHROMA.contains(profile) ? chroma(bits) : 1;
    bits.unsigned();
    pictureOrder(bits);
    bits.unsigned();
    bits.skip(1);
    int across = bits.unsigned() + 1;
    int down = bits.unsigned() + 1;
    int fields = 2 - bits.read(1);
    if (fields == 2) {
      bits.skip(1);
    }
    bits.skip(1);
    if (across < 1 || down < 1 || across > MAX_MACROBLOCKS || down > MAX_MACROBLOCKS) {
      return Optional.empty();
    }
    int width = across * MACROBLOCK;
    int height = down * MACROBLOCK * fields;
    if (bits.read(1) == 1) {
      int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
      int unitY = (chroma == 1 ? 2 : 1) * fields;
      width -= unitX * (bits.unsigned() + bits.unsigned());
      height -= unitY * (bits.unsigned() + bits.unsigned());
    }
    return Optional.of(new CodedSize(width, height));
  }

  private static int chroma(BitReader bits) {
    int format = bits.unsigned();
    if (format == 3) {
      bits.skip(1);
    }
    bits.unsigned();
    bits.unsigned();
    bits.skip(1);
    if (bits.read(1) == 1) {
      int lists = format == 3 ? 12 : 8;
      for (int i = 0; i < lists; i++) {
        if (bits.read(1) == 1) {
          scalingList(bits, i < 6 ? 16 : 64);
        }
      }
    }
    return format;
  }

  private static void scalingList(BitReader bits, int entries) {
    int last = 8;
    int next = 8;
    for (int i = 0; i < entries; i++) {
      if (next != 0) {
        next = (last + bits.signed() + 256) % 256;
      }
      last = next == 0 ? last : next;
    }
  }

  private static void pictureOrder(BitReader bits) {
    int type = bits.unsigned();
    if (type == 0) {
      bits.unsigned();
    } else if (type == 1) {
      bits.skip(1);
      bits.signed();
      bits.signed();
      int cycle = Math.min(bits.unsigned(), MAX_CYCLE);
      for (int i = 0; i < cycle; i++) {
        bits.signed();
      }
    }
  }
}
