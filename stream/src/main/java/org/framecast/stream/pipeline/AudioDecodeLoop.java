package org.framecast.stream.pipeline;

import java.time.Duration;
import org.framecast.stream.codec.AudioDecoder;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Decodes sound in its order on a thread of its own, and puts it into a stream. When its queue is
 * full, the oldest is dropped.
 *
 * <p><b>Thread:</b> start and stop from one owner; {@link #offer} one at a time.
 *
 * <p><b>Ownership:</b> {@link #offer} takes a hold of its own on the unit, which is lent.
 */
public final class AudioDecodeLoop {
  /** A second of blocks of 20 ms. */
  private static final int QUEUE = 50;

  private final PipelineResources resources;
  private final StreamInput sink;
  private final PipelineListener listener;
  private final StageStatistics statistics;
  private final FrameQueue<AccessUnit> queue;
  private final QueueLoop<AccessUnit> loop;
  private @Nullable AudioDecoder decoder;

  /**
   * Makes a loop that does nothing until it is started.
   *
   * @param name of its thread
   */
  public AudioDecodeLoop(
      String name,
      PipelineResources resources,
      StreamInput sink,
      PipelineListener listener,
      StageStatistics statistics) {
    this.resources = resources;
    this.sink = sink;
    this.listener = listener;
    this.statistics = statistics;
    queue = FrameQueue.latest(name, QUEUE);
    loop = new QueueLoop<>(name, resources.threads(), queue, this::decode, this::close);
  }

  /** Starts the thread. Once only. */
  public void start() {
    loop.start();
  }

  /** Takes the next unit. */
  public void offer(AccessUnit unit) {
    if (!queue.offer(unit.hold())) {
      unit.close();
    }
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
    try (unit) {
      AudioDecoder open = decoder;
      if (open == null) {
        open = resources.codecs().openAudioDecoder(resources.buffers());
        decoder = open;
      }
      open.decode(unit, this::deliver);
    } catch (RuntimeException e) {
      statistics.dropped(DropKind.ERROR);
      listener.dropped(DropKind.ERROR, e);
    }
  }

  private void deliver(AudioFrame block) {
    if (!sink.offerAudio(block)) {
      block.close();
    }
  }

  private void close() {
    AudioDecoder open = decoder;
    decoder = null;
    if (open != null) {
      open.close();
    }
  }
}
