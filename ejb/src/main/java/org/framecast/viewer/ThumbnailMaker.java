package org.framecast.viewer;

import java.lang.foreign.ValueLayout;
import org.framecast.stream.codec.FrameConverter;
import org.framecast.stream.codec.ImageEncoder;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.VideoFrame;

/**
 * Makes a small JPEG of a picture.
 *
 * <p><b>Thread:</b> any; what it opens it closes again.
 *
 * @param side pixels of the longer side; smaller pictures stay as they are
 */
record ThumbnailMaker(MediaCodecs codecs, int side) {
  private static final int QUALITY = 75;
  private static final int BYTES_PER_PIXEL = 4;
  private static final int SPARE_BYTES = 1 << 16;

  /**
   * <b>Ownership:</b> the picture is lent.
   *
   * @return the file
   */
  byte[] make(VideoFrame picture) {
    FrameShape shape = shape(picture.width(), picture.height(), side);
    long memory = (long) BYTES_PER_PIXEL * shape.width() * shape.height() + SPARE_BYTES;
    try (FramePool frames = FramePool.open("thumbnail", 1);
        BufferPool buffers = BufferPool.open("thumbnail", 4 * memory);
        FrameConverter converter = codecs.openFrameConverter();
        ImageEncoder encoder = codecs.openImageEncoder();
        VideoFrame small = frames.acquire(shape)) {
      converter.convert(picture, small);
      try (MediaBuffer jpeg = encoder.encode(small, QUALITY, buffers)) {
        return jpeg.content().asSlice(0, jpeg.sizeBytes()).toArray(ValueLayout.JAVA_BYTE);
      }
    }
  }

  /** As large as it may be in the same proportions, even, and not larger than the picture. */
  static FrameShape shape(int width, int height, int side) {
    double scale = Math.min(1, (double) side / Math.max(width, height));
    return FrameShape.i420(even(width * scale), even(height * scale));
  }

  private static int even(double length) {
    return Math.max(2, 2 * (int) Math.round(length / 2));
  }
}
