package org.framecast.stream.pipeline;

import java.time.Duration;
import org.framecast.stream.codec.VideoDecoder;
import org.framecast.stream.codec.VideoDecoderSettings;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.flow.Stage;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Decodes pictures in their order on a thread of its own, and puts them into a stream.
 *
 * <p>The queue is bounded; when it is full, what is inside is dropped up to the next keyframe,
 * which is asked for. The decoder is opened at the first unit; a unit that cannot be decoded costs
 * the pictures up to the next keyframe.
 *
 * <p><b>Thread:</b> start and stop from one owner; {@link #offer} one at a time.
 *
 * <p><b>Ownership:</b> {@link #offer} takes a hold of its own on the unit, which is lent.
 */
public final class DecodeLoop {
  private static final int QUEUE = 30;

  private final VideoDecoderSettings settings;
  private final PipelineResources resources;
  private final StreamInput sink;
  private final PipelineListener listener;
  private final StageStatistics statistics;
  private final Runnable keyframeWanted;
  private final FrameQueue<AccessUnit> queue;
  private final QueueLoop<AccessUnit> loop;
  private @Nullable VideoDecoder decoder;

  /**
   * Makes a loop that does nothing until it is started.
   *
   * @param name of its thread
   * @param keyframeWanted called while nothing but a keyframe is of use; from this loop's thread
   *     and from the one that offers
   */
  public DecodeLoop(
      String name,
      VideoDecoderSettings settings,
      PipelineResources resources,
      StreamInput sink,
      PipelineListener listener,
      StageStatistics statistics,
      Runnable keyframeWanted) {
    this.settings = settings;
    this.resources = resources;
    this.sink = sink;
    this.listener = listener;
    this.statistics = statistics;
    this.keyframeWanted = keyframeWanted;
    queue = FrameQueue.ofAccessUnits(name, QUEUE);
    loop = new QueueLoop<>(name, resources.threads(), queue, this::decode, this::close);
  }

  /** Starts the thread. Once only. */
  public void start() {
    loop.start();
  }

  /** Takes the next unit in decoding order. */
  public void offer(AccessUnit unit) {
    if (!queue.offer(unit.hold())) {
      unit.close();
    } else if (queue.awaitsKeyframe()) {
      keyframeWanted.run();
    }
  }

  /** Units that the queue dropped. */
  public long dropped() {
    return queue.dropped();
  }

  /**
   * Ends the loop and closes the decoder. Idempotent.
   *
   * @return whether it ended in time
   */
  public boolean stop(Duration deadline) {
    return loop.stop(StopMode.ABANDON, Deadline.in(deadline));
  }

  private void decode(AccessUnit unit) {
    long start = resources.clock().nanos();
    try (unit) {
      VideoDecoder open = decoder;
      if (open == null) {
        open = resources.codecs().openVideoDecoder(settings, resources.frames());
        decoder = open;
      }
      open.decode(unit, this::deliver);
      statistics.record(Stage.DECODE, resources.clock().nanos() - start);
    } catch (RuntimeException e) {
      statistics.dropped(DropKind.ERROR);
      listener.dropped(DropKind.ERROR, e);
    }
    VideoDecoder open = decoder;
    if (open != null && open.needsKeyframe()) {
      keyframeWanted.run();
    }
  }

  private void deliver(TimestampedFrame frame) {
    if (!sink.offerFrame(frame)) {
      frame.close();
    }
  }

  private void close() {
    VideoDecoder open = decoder;
    decoder = null;
    if (open != null) {
      open.close();
    }
  }
}
