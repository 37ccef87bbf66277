package org.framecast.stream.pipeline;

import java.time.Duration;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.media.TimestampedFrame;

/**
 * One running encode: a queue of its own, so that it delays no other, and its loop.
 *
 * <p><b>Thread:</b> frames from one at a time, the rest from any.
 */
final class RenditionEncode implements FrameTap {
  /** Frames that may wait for the encoder: more would only be older. */
  private static final int LIVE_QUEUE = 2;

  private final Rendition rendition;
  private final FrameQueue<TimestampedFrame> queue;
  private final EncodeLoop loop;

  RenditionEncode(
      EncodePlan plan,
      LivePipelineSettings settings,
      PipelineResources resources,
      PipelineOutputs outputs,
      EncodeLife life) {
    rendition = plan.rendition();
    int capacity =
        settings.delivery() == DeliveryPolicy.LATEST
            ? LIVE_QUEUE
            : settings.processor().maxInFlight();
    queue = FrameQueue.of(plan.name(), capacity, settings.delivery());
    loop = new EncodeLoop(plan, resources, queue, outputs, life);
  }

  void start() {
    loop.start();
  }

  @Override
  public void offer(TimestampedFrame frame) {
    Shares.put(queue, frame.share());
  }

  void requestKeyframe() {
    loop.requestKeyframe();
  }

  void bitrateBps(int bps) {
    loop.bitrateBps(bps);
  }

  EncodeSnapshot snapshot() {
    return loop.meter().snapshot(rendition, queue.dropped());
  }

  boolean stop(StopMode mode, Duration deadline) {
    return loop.stop(mode, deadline);
  }
}
