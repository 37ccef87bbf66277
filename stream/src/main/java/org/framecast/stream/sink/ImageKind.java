package org.framecast.stream.sink;

import org.framecast.stream.codec.ImageFormat;
import org.framecast.stream.flow.Label;

/** The format of a row of images, as its options name it. */
public enum ImageKind {
  @Label("PNG")
  PNG(ImageFormat.PNG),
  @Label("JPEG")
  JPEG(ImageFormat.JPEG);

  private final ImageFormat format;

  ImageKind(ImageFormat format) {
    this.format = format;
  }

  ImageFormat format() {
    return format;
  }
}
