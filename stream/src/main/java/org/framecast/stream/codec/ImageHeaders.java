package org.framecast.stream.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.framecast.stream.media.MediaException;

/**
 * Reads format and size from the first bytes of a JPEG, PNG or WebP file, so that limits hold
 * before anything is decoded. Nothing is read twice, and nothing outside the file.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Source:</b> ITU-T T.81 annex B; PNG 3rd edition §11.2.1; RFC 9649 §2, RFC 6386 §9.1.
 */
public final class ImageHeaders {
  private static final ValueLayout.OfShort BIG_16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt BIG_32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort LITTLE_16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt LITTLE_32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int JPEG_START = 0xFFD8;
  private static final int JPEG_SOF_BYTES = 8;
  private static final int PNG_SIGNATURE = 0x89504E47;
  private static final int PNG_SIGNATURE_TAIL = 0x0D0A1A0A;
  private static final int PNG_IHDR = 0x49484452;
  private static final int PNG_HEADER_BYTES = 33;
  private static final int RIFF = 0x52494646;
  private static final int WEBP = 0x57454250;
  private static final int WEBP_LOSSY = 0x56503820;
  private static final int WEBP_LOSSLESS = 0x5650384C;
  private static final int WEBP_EXTENDED = 0x56503858;
  private static final int WEBP_HEADER_BYTES = 30;
  private static final int WEBP_ANIMATION = 0x02;
  private static final int WEBP_SIDE_MASK = 0x3FFF;

  private ImageHeaders() {}

  /**
   * Says what {@code file} is.
   *
   * @throws MediaException MALFORMED when it is none of the three or its header is broken;
   *     UNSUPPORTED for kinds of them that no camera or browser makes: animations, CMYK, arithmetic
   *     or lossless JPEG, more than 8 bits in JPEG
   */
  public static ImageInfo parse(MemorySegment file) {
    if (file.byteSize() >= 4) {
      if (u16(file, 0) == JPEG_START) {
        return jpeg(file);
      }
      int magic = file.get(BIG_32, 0);
      if (magic == PNG_SIGNATURE) {
        return png(file);
      }
      if (magic == RIFF) {
        return webp(file);
      }
    }
    throw malformed("neither JPEG nor PNG nor WebP");
  }

  private static ImageInfo jpeg(MemorySegment file) {
    long at = 2;
    while (at + 4 <= file.byteSize()) {
      if (u8(file, at) != 0xFF) {
        throw malformed("JPEG without a marker where one belongs");
      }
      int marker = u8(file, at + 1);
      if (marker == 0xFF) {
        at++; // a fill byte, T.81 B.1.1.2
        continue;
      }
      if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
        at += 2; // markers that stand alone
        continue;
      }
      if (marker == 0x00 || marker >= 0xD8 && marker <= 0xDA) {
        throw malformed("JPEG without a frame header");
      }
      int lengthBytes = u16(file, at + 2);
      if (lengthBytes < 2 || at + 2 + lengthBytes > file.byteSize()) {
        throw malformed("JPEG that ends in its header");
      }
      if (isFrameHeader(marker)) {
        return frameHeader(file, at, marker, lengthBytes);
      }
      at += 2 + lengthBytes;
    }
    throw malformed("JPEG that ends in its header");
  }

  private static boolean isFrameHeader(int marker) {
    // C4, C8 and CC share the range but define tables.
    return marker >= 0xC0 && marker <= 0xCF && marker % 4 != 0 || marker == 0xC0;
  }

  private static ImageInfo frameHeader(MemorySegment file, long at, int marker, int lengthBytes) {
    if (lengthBytes < JPEG_SOF_BYTES) {
      throw malformed("JPEG with a short frame header");
    }
    int bits = u8(file, at + 4);
    int components = u8(file, at + 9);
    if (lengthBytes != JPEG_SOF_BYTES + 3 * components) {
      throw malformed("JPEG with a wrong frame header");
    }
    if (marker > 0xC2 || bits != 8 || components != 1 && components != 3) {
      throw new MediaException(
          MediaException.Code.UNSUPPORTED,
          "JPEG of process %d, %d bits, %d components".formatted(marker - 0xC0, bits, components));
    }
    return info(ImageFormat.JPEG, u16(file, at + 7), u16(file, at + 5));
  }

  private static ImageInfo png(MemorySegment file) {
    if (file.byteSize() < PNG_HEADER_BYTES
        || file.get(BIG_32, 4) != PNG_SIGNATURE_TAIL
        || file.get(BIG_32, 8) != 13
        || file.get(BIG_32, 12) != PNG_IHDR) {
      throw malformed("PNG with a broken header");
    }
    return info(ImageFormat.PNG, file.get(BIG_32, 16), file.get(BIG_32, 20));
  }

  private static ImageInfo webp(MemorySegment file) {
    if (file.byteSize() < WEBP_HEADER_BYTES || file.get(BIG_32, 8) != WEBP) {
      throw malformed("RIFF file that is no WebP");
    }
    long riffBytes = Integer.toUnsignedLong(file.get(LITTLE_32, 4));
    if (riffBytes + 8 > file.byteSize()) {
      throw malformed("WebP that is shorter than it says");
    }
    return switch (file.get(BIG_32, 12)) {
      case WEBP_LOSSY -> webpLossy(file);
      case WEBP_LOSSLESS -> webpLossless(file);
      case WEBP_EXTENDED -> webpExtended(file);
      default -> throw malformed("WebP with an unknown first chunk");
    };
  }

  private static ImageInfo webpLossy(MemorySegment file) {
    boolean keyframe = (u8(file, 20) & 1) == 0;
    if (!keyframe || u8(file, 23) != 0x9D || u8(file, 24) != 0x01 || u8(file, 25) != 0x2A) {
      throw malformed("WebP without a VP8 keyframe");
    }
    return info(
        ImageFormat.WEBP,
        file.get(LITTLE_16, 26) & WEBP_SIDE_MASK,
        file.get(LITTLE_16, 28) & WEBP_SIDE_MASK);
  }

  private static ImageInfo webpLossless(MemorySegment file) {
    if (u8(file, 20) != 0x2F) {
      throw malformed("WebP with a broken lossless header");
    }
    int bits = file.get(LITTLE_32, 21);
    return info(ImageFormat.WEBP, (bits & WEBP_SIDE_MASK) + 1, (bits >>> 14 & WEBP_SIDE_MASK) + 1);
  }

  private static ImageInfo webpExtended(MemorySegment file) {
    if ((u8(file, 20) & WEBP_ANIMATION) != 0) {
      throw new MediaException(MediaException.Code.UNSUPPORTED, "animated WebP");
    }
    return info(ImageFormat.WEBP, u24(file, 24) + 1, u24(file, 27) + 1);
  }

  private static ImageInfo info(ImageFormat format, int width, int height) {
    if (width < 1 || height < 1) {
      throw malformed(format + " of no size");
    }
    return new ImageInfo(format, width, height);
  }

  private static int u8(MemorySegment file, long at) {
    return Byte.toUnsignedInt(file.get(ValueLayout.JAVA_BYTE, at));
  }

  private static int u16(MemorySegment file, long at) {
    return Short.toUnsignedInt(file.get(BIG_16, at));
  }

  private static int u24(MemorySegment file, long at) {
    return u8(file, at) | u8(file, at + 1) << 8 | u8(file, at + 2) << 16;
  }

  private static MediaException malformed(String what) {
    return new MediaException(MediaException.Code.MALFORMED, what);
  }
}
