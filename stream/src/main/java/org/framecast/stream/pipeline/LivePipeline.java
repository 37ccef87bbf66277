package org.framecast.stream.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * One stream's line from what comes in to what goes out: queue, decoding and layers on worker
 * threads, a video encoder for each rendition that somebody watches, one audio encoder. Pictures
 * that nobody watches are not encoded. Sinks beside the viewers, as a recording, come and go.
 *
 * <p><b>Thread:</b> start and stop from one owner; everything else from any thread.
 *
 * <p><b>Ownership:</b> an offer moves it if it returns true. The resources and the outputs stay
 * their owner's.
 */
public final class LivePipeline implements RunningPipeline, StreamInput, RenditionDemand {
  /** Half a second of blocks of 10 ms. */
  private static final int AUDIO_QUEUE = 50;

  private final LivePipelineSettings settings;
  private final PipelineResources resources;
  private final PipelineOutputs outputs;
  private final FrameQueue<Incoming> incoming;
  private final FrameQueue<AudioFrame> sound;
  private final FrameProcessor<Incoming, LayerChain, TimestampedFrame> processor;
  private final EncoderBank encoders;
  private final AudioLoop audioLoop;
  private final SinkBank sinks;
  private final AtomicLong frameNumbers = new AtomicLong();

  /** Makes a pipeline that does nothing until it is started. */
  public LivePipeline(
      LivePipelineSettings settings, PipelineResources resources, PipelineOutputs outputs) {
    this.settings = settings;
    this.resources = resources;
    this.outputs = outputs;
    String name = settings.name();
    DeliveryPolicy delivery = settings.delivery();
    incoming = FrameQueue.of(name + "-in", settings.queueCapacity(), delivery);
    sound = FrameQueue.of(name + "-audio", AUDIO_QUEUE, delivery);
    processor =
        new FrameProcessor<>(
            new LoopContext(resources.threads(), resources.clock(), outputs.statistics()),
            settings.processor(),
            incoming,
            () -> new ChainWorker(name, resources, outputs.statistics()),
            new ToEncoders());
    encoders = new EncoderBank(settings, resources, outputs);
    sinks =
        new SinkBank(
            name, resources.threads(), settings.sinkPatience(), outputs.listener()::sinkFailed);
    audioLoop =
        new AudioLoop(name + "-audio", settings.audioBitrateBps(), resources, sound, outputs);
  }

  /** Starts all threads. Once only. */
  public void start(LayerChain chain) {
    audioLoop.start();
    processor.start(chain);
  }

  @Override
  public void chain(LayerChain chain) {
    processor.settings(chain);
  }

  /**
   * Offers an image file.
   *
   * @param info what its header says; the caller has checked the size
   * @param captureNanos when it was made, on the resources' clock
   */
  public boolean offerImage(MediaBuffer file, ImageInfo info, long captureNanos) {
    int bytes = file.sizeBytes();
    return accepted(
        incoming.offer(
            new Incoming.EncodedImage(
                file,
                info,
                frameNumbers.getAndIncrement(),
                captureNanos,
                resources.clock().nanos())),
        bytes);
  }

  @Override
  public boolean offerFrame(TimestampedFrame frame) {
    return accepted(incoming.offer(new Incoming.Picture(frame, resources.clock().nanos())), 0);
  }

  /**
   * As {@link #offerFrame}, but waits for room when every frame counts.
   *
   * @return false also when there was no room in time
   */
  public boolean putFrame(TimestampedFrame frame, Duration timeout) throws InterruptedException {
    Incoming picture = new Incoming.Picture(frame, resources.clock().nanos());
    return accepted(incoming.put(picture, timeout.toNanos()), 0);
  }

  @Override
  public boolean offerAudio(AudioFrame block) {
    soundToSinks(block);
    return sound.offer(block);
  }

  /** Gives sound that reaches the viewers another way to the sinks alone; it stays the caller's. */
  public void soundToSinks(AudioFrame block) {
    try {
      sinks.sound(block);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Adds a sink: it gets what comes through the layers from now on, and all sound.
   *
   * <p><b>Ownership:</b> the sink is the pipeline's, also when this throws.
   *
   * @throws IllegalArgumentException when there is one of that name
   * @throws IllegalStateException after the end
   */
  public void add(String name, StreamSink sink, MediaInfo info) {
    sinks.add(name, sink, info);
  }

  /**
   * Completes one sink and lets it go; the stream goes on.
   *
   * @return whether it was there, and is complete in time
   */
  public boolean remove(String name, Duration deadline) {
    return sinks.remove(name, deadline);
  }

  /**
   * Completes a sink and keeps its numbers; the stream goes on.
   *
   * @return whether it was there, and is complete in time
   */
  public boolean complete(String name, Duration deadline) {
    return sinks.complete(name, deadline);
  }

  /** The numbers of the sinks. */
  public List<SinkStatistics> sinks() {
    return sinks.statistics();
  }

  @Override
  public void wanted(Rendition rendition) {
    encoders.wanted(rendition);
  }

  @Override
  public void unwanted(Rendition rendition) {
    encoders.unwanted(rendition);
  }

  @Override
  public void keyframeWanted(Rendition rendition) {
    encoders.keyframeWanted(rendition);
  }

  @Override
  public void bitrate(Rendition rendition, int bitrateBps) {
    encoders.bitrate(rendition, bitrateBps);
  }

  @Override
  public int inFlight() {
    return processor.inFlight();
  }

  /**
   * The numbers now; frames that the queues before the layers dropped count as overflow, those that
   * one encoder was too slow for only in its own numbers.
   */
  @Override
  public StatisticsSnapshot statistics() {
    return outputs
        .statistics()
        .snapshot()
        .with(encoders.snapshots())
        .plusDropped(DropKind.OVERFLOW, incoming.dropped() + sound.dropped());
  }

  /**
   * Stops all threads in the order of the line and closes what is inside; sinks are completed in
   * both modes, because the end of a live stream is theirs. Idempotent.
   *
   * @return whether everything ended in time
   */
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
    ended &= encoders.stop(mode, end.left());
    ended &= audioLoop.stop(mode, end.left());
    ended &= sinks.stop(StopMode.DRAIN, end.left());
    return ended;
  }

  private boolean accepted(boolean accepted, int bytes) {
    if (accepted) {
      outputs.statistics().frameIn(bytes);
    }
    return accepted;
  }

  /** Hands results to the encoders. */
  private final class ToEncoders implements FrameSink<TimestampedFrame> {
    @Override
    public void deliver(TimestampedFrame result, FrameTicket ticket) {
      outputs.statistics().frameOut();
      toSinks(result);
      encoders.accept(result);
    }

    private void toSinks(TimestampedFrame result) {
      try {
        sinks.picture(result);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void dropped(DropKind kind, @Nullable Throwable cause, FrameTicket ticket) {
      outputs.listener().dropped(kind, cause);
    }
  }
}
