package org.framecast.live;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.LateDemand;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.pipeline.DemandSettings;
import org.framecast.stream.pipeline.EncodeSettings;
import org.framecast.stream.pipeline.LivePipeline;
import org.framecast.stream.pipeline.LivePipelineSettings;
import org.framecast.stream.pipeline.PipelineListener;
import org.framecast.stream.pipeline.PipelineOutputs;
import org.framecast.stream.pipeline.ProcessorSettings;
import org.framecast.stream.pipeline.SinkStatistics;
import org.framecast.stream.pipeline.StopMode;
import org.framecast.stream.webrtc.FanOut;
import org.jspecify.annotations.Nullable;

/**
 * Video mode: pictures and sound in, encoded once, out to every viewer.
 *
 * <p><b>Thread:</b> as {@link LiveStream}.
 */
final class VideoStream extends PipelineStream implements Recordable {
  private static final Duration LATE_AFTER = Duration.ofSeconds(1);
  private static final double FRAME_RATE_FOR_INTERVAL = 30;

  private final LivePipeline pipeline;
  private final FanOut fanOut;
  private final AudioTimeline audioTimeline = new AudioTimeline();

  private VideoStream(String name, StreamParts parts, StreamErrors errors) {
    super(name, parts);
    try (Unfinished opened = opened()) {
      fanOut = opened.add(parts.openFanOut(new LateDemand(this::pipeline)));
      pipeline =
          new LivePipeline(
              settings(name, parts),
              pools().resources(parts),
              new PipelineOutputs(fanOut, fanOut.audio(), tell(errors), statistics()));
      opened.finished();
    }
  }

  static VideoStream start(String name, StreamParts parts, ChainMaker chain, StreamErrors errors) {
    VideoStream stream = new VideoStream(name, parts, errors);
    stream.begin(() -> stream.pipeline.start(chain.make(stream.pools())));
    return stream;
  }

  static PipelineListener tell(StreamErrors errors) {
    return new PipelineListener() {
      @Override
      public void dropped(DropKind kind, @Nullable Throwable cause) {
        StreamEvent.Code code = StreamErrors.codeOf(kind, cause);
        if (code != null) {
          errors.error(code);
        }
      }

      @Override
      public void sinkFailed(String sink, Throwable cause) {
        LiveMessages.LOG.sinkFailed(sink, cause);
      }
    };
  }

  static LivePipelineSettings settings(String name, StreamParts parts) {
    var processing = parts.config().processing();
    var video = parts.config().video();
    int interval =
        Math.max(1, (int) (video.keyframeInterval().toSeconds() * FRAME_RATE_FOR_INTERVAL));
    EncodeSettings live = EncodeSettings.live(Codec.VP8);
    return new LivePipelineSettings(
        new ProcessorSettings(
            name,
            processing.workers(),
            Math.max(processing.workers(), processing.framesInFlight()),
            LATE_AFTER),
        DeliveryPolicy.LATEST,
        processing.queueFrames(),
        new EncodeSettings(
            Codec.VP8,
            live.bitrateBps(),
            live.frameRate(),
            interval,
            live.keyframeGap(),
            video.speed()),
        new DemandSettings(video.maxRenditions(), video.linger()),
        video.audioBitrateBps(),
        processing.sinkPatience());
  }

  @Override
  LivePipeline pipeline() {
    return pipeline;
  }

  /** Where sources of the server's own put what they make. */
  StreamInput input() {
    return pipeline;
  }

  @Override
  public Optional<FanOut> fanOut() {
    return Optional.of(fanOut);
  }

  /** Its viewers. */
  FanOut viewers() {
    return fanOut;
  }

  @Override
  public void acceptImage(MediaBuffer file, ImageInfo info, long arrivalNanos) {
    size(info.width(), info.height());
    if (!pipeline.offerImage(file.hold(), info, arrivalNanos)) {
      file.close();
    }
  }

  @Override
  public void acceptAudio(MediaBuffer pcm, long arrivalNanos) {
    soundCame();
    int samples = pcm.sizeBytes() / AudioFrame.BYTES_PER_SAMPLE_PAIR;
    AudioFrame block = new AudioFrame(pcm.hold(), audioTimeline.place(samples, arrivalNanos));
    if (!pipeline.offerAudio(block)) {
      block.close();
    }
  }

  @Override
  public Optional<Recordable> recordable() {
    return Optional.of(this);
  }

  @Override
  public void addSink(String name, StreamSink sink) {
    pipeline.add(name, sink, info());
  }

  @Override
  public boolean removeSink(String name, Duration limit) {
    return pipeline.remove(name, limit);
  }

  @Override
  public boolean completeSink(String name, Duration limit) {
    return pipeline.complete(name, limit);
  }

  @Override
  public List<SinkStatistics> sinks() {
    return pipeline.sinks();
  }

  /** Adds a sink that is told what its source says of itself. */
  void addSink(String name, StreamSink sink, MediaInfo info) {
    pipeline.add(name, sink, info);
  }

  /** Lets what is inside come through, and completes its sinks; the viewers stay. */
  boolean drain(Duration limit) {
    return pipeline.stop(StopMode.DRAIN, limit);
  }
}
