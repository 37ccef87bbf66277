package org.framecast.stream.pipeline;

import java.time.Duration;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.media.Codec;

/**
 * The size and manner of a {@link LivePipeline}.
 *
 * @param delivery LATEST for what is live, EVERY_FRAME for files
 * @param queueCapacity frames that may wait for a worker
 * @param video how pictures are encoded, whatever the codec that viewers want
 * @param audioBitrateBps of Opus
 * @param sinkPatience how long a sink that may lose nothing may keep the viewers waiting; then it
 *     is completed as it is
 */
public record LivePipelineSettings(
    ProcessorSettings processor,
    DeliveryPolicy delivery,
    int queueCapacity,
    EncodeSettings video,
    DemandSettings demand,
    int audioBitrateBps,
    Duration sinkPatience) {
  /** Opus in stereo is transparent for speech and good for music at this rate. */
  public static final int DEFAULT_AUDIO_BPS = 96_000;

  public static final Duration DEFAULT_SINK_PATIENCE = Duration.ofSeconds(2);

  private static final int LIVE_QUEUE = 2;
  private static final Duration LIVE_LATE_AFTER = Duration.ofSeconds(1);

  /** For what is live: the latest frames, results late after a second. */
  public static LivePipelineSettings live(String name, int workers, Codec codec) {
    return new LivePipelineSettings(
        new ProcessorSettings(
            name, workers, Math.max(workers, ProcessorSettings.DEFAULT_IN_FLIGHT), LIVE_LATE_AFTER),
        DeliveryPolicy.LATEST,
        LIVE_QUEUE,
        EncodeSettings.live(codec),
        DemandSettings.usual(),
        DEFAULT_AUDIO_BPS,
        DEFAULT_SINK_PATIENCE);
  }

  /** For files: each frame, never late. */
  public static LivePipelineSettings everyFrame(String name, int workers, Codec codec) {
    return new LivePipelineSettings(
        ProcessorSettings.of(name, workers, Math.max(workers, ProcessorSettings.DEFAULT_IN_FLIGHT)),
        DeliveryPolicy.EVERY_FRAME,
        ProcessorSettings.DEFAULT_IN_FLIGHT,
        EncodeSettings.live(codec),
        DemandSettings.usual(),
        DEFAULT_AUDIO_BPS,
        DEFAULT_SINK_PATIENCE);
  }

  public String name() {
    return processor.name();
  }
}
