package org.framecast.stream.sink;

import org.framecast.stream.codec.ImageFormat;

/** The format of a row of images, as its options name it. */
public enum ImageKind {
  PNG(ImageFormat.PNG),
  JPEG(ImageFormat.JPEG);

  private final ImageFormat format;

  ImageKind(ImageFormat format) {
    this.format = format;
  }

  ImageFormat format() {
    return format;
  }
}
