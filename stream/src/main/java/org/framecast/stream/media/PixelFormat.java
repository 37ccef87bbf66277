package org.framecast.stream.media;

/** How the pixels of a {@link VideoFrame} lie in memory. */
public enum PixelFormat {
  /** Planar Y, U, V, chroma halved, BT.601 limited range: the working format of every stream. */
  I420(3),
  /** One plane of packed blue, green, red. */
  BGR24(1),
  /** One plane of packed red, green, blue, alpha; alpha is straight. */
  RGBA(1);

  private final int planes;

  PixelFormat(int planes) {
    this.planes = planes;
  }

  /** The number of planes. */
  public int planes() {
    return planes;
  }

  int rowBytes(int plane, int width) {
    return switch (this) {
      case I420 -> plane == 0 ? width : (width + 1) / 2;
      case BGR24 -> width * 3;
      case RGBA -> width * 4;
    };
  }

  int rows(int plane, int height) {
    return this == I420 && plane > 0 ? (height + 1) / 2 : height;
  }
}
