package org.framecast.stream.pipeline;

import org.framecast.stream.media.TimestampedFrame;

/** Takes a share of each processed frame. */
interface FrameTap {
  /**
   * Takes a hold of its own on the frame, which is lent.
   *
   * <p><b>Thread:</b> one at a time. Waits where every frame counts.
   */
  void offer(TimestampedFrame frame);
}
