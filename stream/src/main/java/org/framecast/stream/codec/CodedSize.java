package org.framecast.stream.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.framecast.stream.media.AccessUnit;

/**
 * The size of a coded picture as its own header says it, without decoding. AV1's is not read: it is
 * behind a header of many optional parts.
 *
 * <p><b>Units:</b> pixels, after cropping.
 *
 * <p><b>Source:</b> RFC 6386 §9.1 (VP8); VP9 bitstream §6.2, §7.2; ITU-T H.264 §7.3.2.1.1
 */
public record CodedSize(int width, int height) {
  private static final int VP8_START = 0x9d012a;
  private static final int VP9_SYNC = 0x498342;
  private static final int SPS = 7;
  private static final int MAX_SPS_BYTES = 256;

  /** Of a keyframe; empty for other units, and for headers that say nothing credible. */
  public static Optional<CodedSize> of(AccessUnit unit) {
    if (unit.kind() != AccessUnit.Kind.KEYFRAME) {
      return Optional.empty();
    }
    MemorySegment data = unit.data().content();
    try {
      Optional<CodedSize> said =
          switch (unit.codec()) {
            case VP8 -> vp8(data);
            case VP9 -> vp9(data);
            case H264 -> h264(data);
            case AV1, OPUS -> Optional.empty();
          };
      return said.filter(size -> size.width > 0 && size.height > 0);
    } catch (IndexOutOfBoundsException e) {
      // It ends before its size does.
      return Optional.empty();
    }
  }

  private static int at(MemorySegment data, long offset) {
    return data.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
  }

  private static Optional<CodedSize> vp8(MemorySegment data) {
    int start = at(data, 3) << 16 | at(data, 4) << 8 | at(data, 5);
    if (start != VP8_START) {
      return Optional.empty();
    }
    // Two bits of each are a hint for scaling.
    return Optional.of(
        new CodedSize(
            (at(data, 7) << 8 | at(data, 6)) & 0x3fff, (at(data, 9) << 8 | at(data, 8)) & 0x3fff));
  }

  private static Optional<CodedSize> vp9(MemorySegment data) {
    BitReader bits = new BitReader(data, 0, data.byteSize());
    boolean marked = bits.read(2) == 2;
    int profile = bits.read(1) | bits.read(1) << 1;
    // Other profiles have other colours, which come before the size.
    if (!marked || profile != 0 || bits.read(1) != 0 || bits.read(1) != 0) {
      return Optional.empty();
    }
    bits.skip(2);
    if (bits.read(24) != VP9_SYNC) {
      return Optional.empty();
    }
    int colourSpace = bits.read(3);
    if (colourSpace == 7) {
      return Optional.empty();
    }
    bits.skip(1);
    return Optional.of(new CodedSize(bits.read(16) + 1, bits.read(16) + 1));
  }

  private static Optional<CodedSize> h264(MemorySegment data) {
    for (long i = 0; i + 4 < data.byteSize(); i++) {
      if (at(data, i) == 0
          && at(data, i + 1) == 0
          && at(data, i + 2) == 1
          && (at(data, i + 3) & 0x1f) == SPS) {
        return SequenceParameters.size(rawBytes(data, i + 4));
      }
    }
    return Optional.empty();
  }

  /** Without the bytes that keep start codes out of the payload. */
  private static MemorySegment rawBytes(MemorySegment data, long from) {
    int most = (int) Math.min(MAX_SPS_BYTES, data.byteSize() - from);
    byte[] raw = new byte[most];
    int size = 0;
    int zeros = 0;
    for (int i = 0; i < most; i++) {
      int value = at(data, from + i);
      if (zeros >= 2 && value == 3) {
        zeros = 0;
        continue;
      }
      zeros = value == 0 ? zeros + 1 : 0;
      raw[size++] = (byte) value;
    }
    return MemorySegment.ofArray(raw).asSlice(0, size);
  }
}
