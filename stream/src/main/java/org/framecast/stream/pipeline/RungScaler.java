package org.framecast.stream.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.framecast.stream.codec.FrameConverter;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Scales each frame once for all encodes of one rung, on a thread of its own: each rung below the
 * best halves both sides, rounded to even numbers.
 *
 * <p><b>Thread:</b> frames from one at a time, start and stop from one owner. Overload policy: as
 * the stream's.
 */
final class RungScaler implements FrameTap {
  private static final int MIN_SIDE = 16;

  private final int rung;
  private final PipelineResources resources;
  private final PipelineOutputs outputs;
  private final Supplier<List<FrameTap>> encodes;
  private final FrameQueue<TimestampedFrame> queue;
  private final QueueLoop<TimestampedFrame> loop;
  private @Nullable FrameConverter converter;

  /**
   * @param encodes those of the rung now
   * @param over whether there are none any more
   */
  RungScaler(
      String stream,
      int rung,
      DeliveryPolicy delivery,
      PipelineResources resources,
      PipelineOutputs outputs,
      Supplier<List<FrameTap>> encodes,
      BooleanSupplier over) {
    this.rung = rung;
    this.resources = resources;
    this.outputs = outputs;
    this.encodes = encodes;
    String name = stream + "-rung" + rung;
    queue = FrameQueue.of(name, 1, delivery);
    loop = new QueueLoop<>(name, resources.threads(), queue, this::scale, this::close, over);
  }

  void start() {
    loop.start();
  }

  @Override
  public void offer(TimestampedFrame frame) {
    Shares.put(queue, frame.share());
  }

  /** The shape on that rung of what is {@code full} on the best. */
  static FrameShape shape(FrameShape full, int rung) {
    return new FrameShape(full.format(), side(full.width(), rung), side(full.height(), rung));
  }

  private static int side(int full, int rung) {
    return Math.max(Math.min(full, MIN_SIDE), (full >> rung) & ~1);
  }

  private void scale(TimestampedFrame frame) {
    try (frame) {
      VideoFrame full = frame.pixels();
      VideoFrame target = resources.frames().acquire(shape(full.shape(), rung));
      try (TimestampedFrame scaled =
          new TimestampedFrame(
              target, frame.sourceId(), frame.frameNumber(), frame.captureNanos())) {
        converter().convert(full, target);
        encodes.get().forEach(encode -> encode.offer(scaled));
      }
    } catch (RuntimeException e) {
      outputs.statistics().dropped(DropKind.ERROR);
      outputs.listener().dropped(DropKind.ERROR, e);
    }
  }

  private FrameConverter converter() {
    FrameConverter open = converter;
    if (open == null) {
      open = resources.codecs().openFrameConverter();
      converter = open;
    }
    return open;
  }

  private void close() {
    FrameConverter open = converter;
    converter = null;
    if (open != null) {
      open.close();
    }
  }

  boolean stop(StopMode mode, Duration deadline) {
    return loop.stop(mode, Deadline.in(deadline));
  }
}
