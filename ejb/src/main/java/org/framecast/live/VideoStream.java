package org.framecast.live;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.pipeline.EncodeSettings;
import org.framecast.stream.pipeline.LayerChain;
import org.framecast.stream.pipeline.LivePipeline;
import org.framecast.stream.pipeline.LivePipelineSettings;
import org.framecast.stream.pipeline.PipelineListener;
import org.framecast.stream.pipeline.PipelineOutputs;
import org.framecast.stream.pipeline.ProcessorSettings;
import org.framecast.stream.pipeline.StageStatistics;
import org.framecast.stream.pipeline.StopMode;
import org.framecast.stream.webrtc.FanOut;
import org.framecast.stream.webrtc.FanOutSettings;
import org.framecast.stream.webrtc.ViewerListener;
import org.framecast.stream.webrtc.sdp.MediaFormat;
import org.framecast.stream.webrtc.sdp.StreamFormats;
import org.jspecify.annotations.Nullable;

/**
 * Video mode: pictures and sound in, encoded once, out to every viewer.
 *
 * <p><b>Thread:</b> as {@link LiveStream}.
 */
final class VideoStream implements LiveStream {
  private static final Duration STOP_LIMIT = Duration.ofMillis(1_500);
  private static final Duration LATE_AFTER = Duration.ofSeconds(1);
  private static final double FRAME_RATE_FOR_INTERVAL = 30;

  private final String name;
  private final StreamPools pools;
  private final LivePipeline pipeline;
  private final FanOut fanOut;
  private final StageStatistics statistics;
  private final StatsReader reader;
  private final AudioTimeline audioTimeline = new AudioTimeline();
  private volatile int width;
  private volatile int height;
  private boolean closed;

  private VideoStream(String name, StreamParts parts, StreamErrors errors) {
    this.name = name;
    pools = StreamPools.open(name, parts.config().processing());
    statistics = new StageStatistics(parts.clock(), StatsReader.WINDOW);
    fanOut =
        FanOut.open(
            FanOutSettings.of(
                new StreamFormats(
                    List.of(MediaFormat.of(Codec.VP8)), Optional.of(MediaFormat.of(Codec.OPUS)))),
            new Demand(),
            ViewerListener.none(),
            parts.clock(),
            parts.wallClock(),
            parts.threads());
    pipeline =
        new LivePipeline(
            settings(name, parts),
            pools.resources(parts),
            new PipelineOutputs(
                unit -> fanOut.deliver(Rendition.best(unit.codec()), unit),
                fanOut.audio(),
                tell(errors),
                statistics));
    reader = new StatsReader(parts.wallClock());
  }

  static VideoStream start(String name, StreamParts parts, LayerChain chain, StreamErrors errors) {
    VideoStream stream = new VideoStream(name, parts, errors);
    stream.pipeline.start(chain);
    return stream;
  }

  private static PipelineListener tell(StreamErrors errors) {
    return (kind, cause) -> {
      StreamEvent.Code code = StreamErrors.codeOf(kind, cause);
      if (code != null) {
        errors.error(code);
      }
    };
  }

  private static LivePipelineSettings settings(String name, StreamParts parts) {
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
        video.audioBitrateBps());
  }

  /** Its one rendition is encoded as long as it lives. */
  private final class Demand implements RenditionDemand {
    @Override
    public void wanted(Rendition rendition) {}

    @Override
    public void unwanted(Rendition rendition) {}

    /** The viewers may ask before the pipeline is made. */
    @Override
    public void keyframeWanted(Rendition rendition) {
      @Nullable LivePipeline running = pipeline;
      if (running != null) {
        running.requestKeyframe();
      }
    }

    @Override
    public void bitrate(Rendition rendition, int bitrateBps) {}
  }

  @Override
  public BufferPool buffers() {
    return pools.buffers();
  }

  /** Where sources of the server's own put what they make. */
  StreamInput input() {
    return pipeline;
  }

  /** What sources of the server's own take their frames and blocks from. */
  StreamPools pools() {
    return pools;
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

  void size(int newWidth, int newHeight) {
    width = newWidth;
    height = newHeight;
  }

  @Override
  public void acceptAudio(MediaBuffer pcm, long arrivalNanos) {
    int samples = pcm.sizeBytes() / AudioFrame.BYTES_PER_SAMPLE_PAIR;
    AudioFrame block = new AudioFrame(pcm.hold(), audioTimeline.place(samples, arrivalNanos));
    if (!pipeline.offerAudio(block)) {
      block.close();
    }
  }

  @Override
  public void overflow() {
    statistics.dropped(DropKind.OVERFLOW);
  }

  @Override
  public void chain(LayerChain chain) {
    pipeline.chain(chain);
  }

  @Override
  public StreamStats stats() {
    return reader.read(
        pipeline.statistics(),
        new StatsReader.Now(fanOut.viewers().size(), width, height, pipeline.inFlight()));
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    LiveStream.closeAll(
        List.<AutoCloseable>of(
            () -> {
              if (!pipeline.stop(StopMode.ABANDON, STOP_LIMIT)) {
                throw new IllegalStateException("the pipeline of " + name + " did not end in time");
              }
            },
            fanOut,
            pools));
  }
}
