package org.framecast.stream.pipeline;

import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.TimestampedFrame;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a worker: an image file or a decoded picture.
 *
 * <p><b>Ownership:</b> owns the one or the other; closing it closes what was not taken.
 */
sealed interface Incoming extends AutoCloseable {
  /** When it was offered. */
  long arrivalNanos();

  @Override
  void close();

  /** A file, its header read. */
  record EncodedImage(
      MediaBuffer file, ImageInfo info, long frameNumber, long captureNanos, long arrivalNanos)
      implements Incoming {
    @Override
    public void close() {
      file.close();
    }
  }

  /** A picture. */
  final class Picture implements Incoming {
    private final long arrivalNanos;
    private @Nullable TimestampedFrame frame;

    Picture(TimestampedFrame frame, long arrivalNanos) {
      this.frame = frame;
      this.arrivalNanos = arrivalNanos;
    }

    /** The frame, which is the caller's from now on. */
    TimestampedFrame take() {
      TimestampedFrame taken = frame;
      if (taken == null) {
        throw new IllegalStateException("the picture was taken before");
      }
      frame = null;
      return taken;
    }

    @Override
    public long arrivalNanos() {
      return arrivalNanos;
    }

    @Override
    public void close() {
      if (frame != null) {
        take().close();
      }
    }
  }
}
