package org.framecast.stream.flow;

import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * Gives the picture that a compositor lays over others: a drawing, an image, what another source
 * shows.
 *
 * <p><b>Thread:</b> several worker threads at a time.
 */
public interface VisualSource {
  /** What {@link #version} says of pictures that may be new with every frame. */
  Object LIVE = new Object();

  /**
   * Stands for the picture of this frame. While it is equal to that of the frame before, and so is
   * the size of the frame, the picture is the same: it is not asked for, and what was prepared of
   * it is used again. {@link #LIVE} when that cannot be said.
   */
  default Object version(TimestampedFrame frame) {
    return LIVE;
  }

  /**
   * The picture for this frame, in RGBA or I420; null when there is none now.
   *
   * <p><b>Ownership:</b> the frame is lent; the picture is a hold of the caller's, who only reads.
   */
  @Nullable VideoFrame picture(TimestampedFrame frame);
}
