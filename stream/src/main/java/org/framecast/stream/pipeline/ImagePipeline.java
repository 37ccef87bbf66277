package org.framecast.stream.pipeline;

import java.time.Duration;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.flow.Stage;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Image mode: one image in, one JPEG or one fault out, in the order of the offers.
 *
 * <p>The same processor and layers as in a live pipeline, with another sink and no image dropped
 * for a newer one: when all places are taken, the offer is refused.
 *
 * <p><b>Thread:</b> start and stop from one owner; everything else from any thread.
 */
public final class ImagePipeline implements RunningPipeline {
  /** Quality of the JPEG when nothing else is said. */
  public static final int DEFAULT_QUALITY = 85;

  private final PipelineResources resources;
  private final StageStatistics statistics;
  private final FrameQueue<Incoming> incoming;
  private final FrameProcessor<Incoming, LayerChain, ProcessedImage> processor;
  private long number;

  /**
   * Makes a pipeline that does nothing until it is started.
   *
   * @param queueCapacity images that may wait for a worker
   * @param quality 1 to 100
   */
  public ImagePipeline(
      ProcessorSettings size,
      int queueCapacity,
      int quality,
      PipelineResources resources,
      ImageOutputs outputs) {
    this.resources = resources;
    this.statistics = outputs.statistics();
    incoming = FrameQueue.everyFrame(size.name() + "-in", queueCapacity);
    processor =
        new FrameProcessor<>(
            new LoopContext(resources.threads(), resources.clock(), statistics),
            size,
            incoming,
            () -> new ImageWorker(size.name(), quality, resources, statistics),
            new ToOwner(outputs));
  }

  /** Starts the workers. Once only. */
  public void start(LayerChain chain) {
    processor.start(chain);
  }

  @Override
  public void chain(LayerChain chain) {
    processor.settings(chain);
  }

  /**
   * Offers an image file.
   *
   * <p><b>Ownership:</b> moves if the answer is true.
   *
   * @param info what its header says; the caller has checked the size
   * @return false when all places are taken or the pipeline is stopped
   */
  public boolean offer(MediaBuffer file, ImageInfo info) {
    long now = resources.clock().nanos();
    int bytes = file.sizeBytes();
    if (!enqueue(file, info, now)) {
      return false;
    }
    statistics.frameIn(bytes);
    return true;
  }

  private synchronized boolean enqueue(MediaBuffer file, ImageInfo info, long now) {
    boolean taken = incoming.offer(new Incoming.EncodedImage(file, info, number, now, now));
    if (taken) {
      number++;
    }
    return taken;
  }

  @Override
  public int inFlight() {
    return processor.inFlight();
  }

  @Override
  public StatisticsSnapshot statistics() {
    return statistics.snapshot();
  }

  @Override
  public boolean stop(StopMode mode, Duration deadline) {
    Deadline end = Deadline.in(deadline);
    boolean ended = true;
    switch (mode) {
      case DRAIN -> {
        incoming.finish();
        ended = processor.drain(end.left());
      }
      case ABANDON -> incoming.close();
    }
    ended &= processor.stop(mode, end.left());
    incoming.close();
    return ended;
  }

  private final class ToOwner implements FrameSink<ProcessedImage> {
    private final ImageOutputs outputs;

    ToOwner(ImageOutputs outputs) {
      this.outputs = outputs;
    }

    @Override
    public void deliver(ProcessedImage result, FrameTicket ticket) {
      long start = resources.clock().nanos();
      int bytes = result.jpeg().sizeBytes();
      outputs.sink().image(result);
      long now = resources.clock().nanos();
      statistics.record(Stage.SEND, now - start);
      statistics.frameOut();
      statistics.coded(bytes);
    }

    @Override
    public void dropped(DropKind kind, @Nullable Throwable cause, FrameTicket ticket) {
      outputs.sink().failed(ticket.sequence(), kind, cause);
    }
  }
}
