package org.framecast.stream.media;

/**
 * Format and size of a picture; equal shapes share a pool's blocks.
 *
 * @param width in pixels, 1 to 16384
 * @param height in pixels, 1 to 16384
 */
public record FrameShape(PixelFormat format, int width, int height) {
  /** Largest side in pixels. */
  public static final int MAX_SIDE = 16_384;

  /** Rows start at multiples of this many bytes, as SIMD code and FFmpeg want them. */
  public static final int ALIGNMENT = 64;

  public FrameShape {
    if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
      throw new IllegalArgumentException("picture of " + width + "x" + height);
    }
  }

  /** A picture in the working format of every stream. */
  public static FrameShape i420(int width, int height) {
    return new FrameShape(PixelFormat.I420, width, height);
  }

  /** Bytes from one row of the plane to the next. */
  public int stride(int plane) {
    return (rowBytes(plane) + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /** Bytes of a row that carry pixels. */
  public int rowBytes(int plane) {
    return format.rowBytes(plane, width);
  }

  /** Rows of the plane. */
  public int rows(int plane) {
    return format.rows(plane, height);
  }

  /** Where the plane starts in the block. */
  public long offset(int plane) {
    long offset = 0;
    for (int i = 0; i < plane; i++) {
      offset += planeBytes(i);
    }
    return offset;
  }

  long planeBytes(int plane) {
    return (long) stride(plane) * rows(plane);
  }

  /** Bytes of a whole block, with a tail of padding that a decoder or SIMD loop may overread. */
  long blockBytes() {
    return offset(format.planes()) + ALIGNMENT;
  }
}
