package org.framecast.stream.source.clip;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaException;

/**
 * The header of an IVF file.
 *
 * @param rate time base: {@code rate / scale} ticks a second
 * @param frames how many the writer says there are; 0 when it was never finished
 */
public record IvfHeader(Codec codec, int width, int height, int rate, int scale, int frames) {
  /** Bytes of the file's header. */
  public static final int FILE_HEADER_BYTES = 32;

  /** Bytes of each frame's header: its size in 4, its time in 8. */
  public static final int FRAME_HEADER_BYTES = 12;

  /** Where the number of frames stands in the file's header. */
  static final int FRAMES_OFFSET = 24;

  private static final ValueLayout.OfShort LITTLE_16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt LITTLE_32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int SIGNATURE = fourCharacters("DKIF");
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MAX_SIDE = 0xFFFF;

  public IvfHeader {
    if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
      throw new MediaException(MediaException.Code.MALFORMED, "IVF of " + width + "x" + height);
    }
    if (rate < 1 || scale < 1 || frames < 0) {
      throw new MediaException(MediaException.Code.MALFORMED, "IVF of " + rate + "/" + scale);
    }
  }

  /** Reads the header at the start of {@code file}. */
  public static IvfHeader parse(MemorySegment file) {
    if (file.byteSize() < FILE_HEADER_BYTES
        || file.get(LITTLE_32, 0) != SIGNATURE
        || file.get(LITTLE_16, 4) != 0
        || file.get(LITTLE_16, 6) != FILE_HEADER_BYTES) {
      throw new MediaException(MediaException.Code.MALFORMED, "no IVF header");
    }
    return new IvfHeader(
        codec(file.get(LITTLE_32, 8)),
        Short.toUnsignedInt(file.get(LITTLE_16, 12)),
        Short.toUnsignedInt(file.get(LITTLE_16, 14)),
        file.get(LITTLE_32, 16),
        file.get(LITTLE_32, 20),
        file.get(LITTLE_32, FRAMES_OFFSET));
  }

  /** The header's bytes, ready to be written. */
  ByteBuffer bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(FILE_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(SIGNATURE).putShort((short) 0).putShort((short) FILE_HEADER_BYTES);
    bytes.putInt(fourCharacters(name(codec)));
    bytes.putShort((short) width).putShort((short) height);
    bytes.putInt(rate).putInt(scale).putInt(frames).putInt(0);
    return bytes.flip();
  }

  /** The time of a tick count. */
  long nanos(long ticks) {
    long wholeSeconds = ticks / rate * scale;
    return wholeSeconds * NANOS_PER_SECOND + ticks % rate * scale * NANOS_PER_SECOND / rate;
  }

  /** The tick count nearest to a time. */
  long ticks(long nanos) {
    return Math.round((double) nanos * rate / ((double) scale * NANOS_PER_SECOND));
  }

  private static String name(Codec codec) {
    return switch (codec) {
      case VP8 -> "VP80";
      case VP9 -> "VP90";
      case AV1 -> "AV01";
      case H264 -> "H264";
      case OPUS -> throw new IllegalArgumentException("IVF holds pictures");
    };
  }

  private static Codec codec(int fourCharacters) {
    for (Codec codec : Codec.values()) {
      if (codec != Codec.OPUS && fourCharacters(name(codec)) == fourCharacters) {
        return codec;
      }
    }
    throw new MediaException(MediaException.Code.UNSUPPORTED, "IVF of an unknown codec");
  }

  private static int fourCharacters(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getInt();
  }
}
