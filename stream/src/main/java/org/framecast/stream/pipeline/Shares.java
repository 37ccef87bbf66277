package org.framecast.stream.pipeline;

import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.media.TimestampedFrame;

/** Puts shares of frames into queues. */
final class Shares {
  private Shares() {}

  /** Puts it, waiting where every frame counts; what the queue does not take is closed. */
  static void put(FrameQueue<TimestampedFrame> queue, TimestampedFrame share) {
    boolean taken = false;
    try {
      taken = queue.put(share, Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!taken) {
        share.close();
      }
    }
  }
}
