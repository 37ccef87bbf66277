package org.framecast.stream.whep;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.LateDemand;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoInfo;
import org.framecast.stream.pipeline.EncodeSettings;
import org.framecast.stream.pipeline.LayerChain;
import org.framecast.stream.pipeline.LivePipeline;
import org.framecast.stream.pipeline.LivePipelineSettings;
import org.framecast.stream.pipeline.PipelineOutputs;
import org.framecast.stream.pipeline.StageStatistics;
import org.framecast.stream.pipeline.StopMode;
import org.framecast.stream.time.WallClock;
import org.framecast.stream.webrtc.FanOut;
import org.framecast.stream.webrtc.FanOutSettings;
import org.framecast.stream.webrtc.FanOutStats;
import org.framecast.stream.webrtc.NegotiationResult;
import org.framecast.stream.webrtc.NegotiatorRuntime;
import org.framecast.stream.webrtc.NegotiatorSettings;
import org.framecast.stream.webrtc.ViewerListener;
import org.framecast.stream.webrtc.WhepNegotiator;
import org.framecast.stream.webrtc.sdp.MediaFormat;
import org.framecast.stream.webrtc.sdp.StreamFormats;
import org.jspecify.annotations.Nullable;

/**
 * Sends a stream to any number of viewers: each codec is encoded once, while somebody watches it.
 *
 * <p>Viewers come by the WHEP endpoint of its own, or by {@link #answer} when the program has
 * another way to them. Before the first item, and after the end, nobody can be answered.
 *
 * <p>It is live: what it is too slow for is dropped, and nobody else is held up. The end of the
 * stream is the end of its viewers.
 *
 * <p>A codec whose encoder cannot be opened for the stream's pictures is not offered; the sink
 * fails when there is none left, and when its encoders make nothing any more. A single fault of
 * theirs costs that picture and is counted.
 *
 * <p>The first one sets the system properties {@code sun.net.httpserver.maxReqTime} and {@code
 * maxRspTime}, which limit the time of requests, where they are not set.
 *
 * <p><b>Thread:</b> {@link #answer} any; what {@link StreamSink} has, as there.
 */
public final class WebRtcSink implements StreamSink {
  private static final int MAX_RENDITIONS = 3;

  /** The full picture, and half of it for who is slow. */
  private static final int RUNGS = 2;

  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);
  private static final Duration STATISTICS_WINDOW = Duration.ofSeconds(2);

  private final WebRtcSinkOptions options;
  private final List<Codec> codecs;
  private final WebRtcParts parts;
  private final WhepNegotiator negotiator;
  private final WhepServer server;
  private final EncodeFaults faults = new EncodeFaults();
  private volatile @Nullable Live live;

  /** What runs from the first item on. */
  private record Live(FanOut fanOut, LivePipeline pipeline, boolean pictures, boolean sound) {}

  private WebRtcSink(WebRtcSinkOptions options, List<Codec> codecs, WebRtcParts parts) {
    this.options = options;
    this.codecs = List.copyOf(codecs);
    this.parts = parts;
    SecureRandom random = new SecureRandom();
    try (Unfinished opened = new Unfinished()) {
      negotiator =
          opened.add(
              WhepNegotiator.open(
                  parts.transport(),
                  NegotiatorSettings.defaults(),
                  new NegotiatorRuntime(
                      parts.timer(),
                      parts.timer(),
                      parts.resources().clock(),
                      WallClock.system(),
                      random)));
      server =
          WhepServer.open(
              options.address(),
              options.port(),
              new WhepSessions(this::answer, this::hasRoom, random),
              parts.resources().threads());
      opened.finished();
    }
  }

  /**
   * Makes a sink whose address is open already.
   *
   * @param codecs that viewers may choose from, the preferred first
   * @throws org.framecast.stream.media.MediaException with SINK_FAILED when the address is taken
   */
  public static WebRtcSink open(WebRtcSinkOptions options, List<Codec> codecs, WebRtcParts parts) {
    return new WebRtcSink(options, codecs, parts);
  }

  /** A page that plays it. */
  public URI page() {
    return server.at("/");
  }

  /** Where offers are taken by WHEP. */
  public URI endpoint() {
    return server.at(WhepServer.ENDPOINT);
  }

  /**
   * Answers a viewer's offer.
   *
   * @return absent before the first item of the stream; else as {@link WhepNegotiator#negotiate}
   */
  public Optional<CompletableFuture<NegotiationResult>> answer(String offer) {
    Live now = live;
    return now == null ? Optional.empty() : Optional.of(negotiator.negotiate(offer, now.fanOut()));
  }

  private boolean hasRoom() {
    Live now = live;
    int watching = now == null ? 0 : now.fanOut().viewers().size();
    return watching + negotiator.pending() < options.viewers();
  }

  /** The numbers of its viewers so far; absent before the first item. */
  public Optional<FanOutStats> statistics() {
    Live now = live;
    return now == null ? Optional.empty() : Optional.of(now.fanOut().stats());
  }

  /** What its encoders failed at. */
  @Override
  public long faults() {
    return faults.count();
  }

  @Override
  public DeliveryPolicy delivery() {
    return DeliveryPolicy.LATEST;
  }

  @Override
  public void begin(MediaInfo info) {
    if (info.video().isEmpty() && info.audio().isEmpty()) {
      throw new MediaException(MediaException.Code.OPTIONS, "the stream has nothing to watch");
    }
    faults.begin(info);
    LivePipelineSettings settings = settings(info.video());
    List<Codec> usable =
        info.video().map(video -> encoders().of(codecs, video, settings.video())).orElse(List.of());
    try (Unfinished opened = new Unfinished()) {
      FanOut fanOut = opened.add(openFanOut(formats(usable, info)));
      LivePipeline pipeline =
          new LivePipeline(
              settings,
              parts.resources(),
              new PipelineOutputs(
                  faults.watch(fanOut),
                  faults.watch(fanOut.audio()),
                  faults,
                  new StageStatistics(parts.resources().clock(), STATISTICS_WINDOW)));
      pipeline.start(LayerChain.empty());
      live = new Live(fanOut, pipeline, info.video().isPresent(), info.audio().isPresent());
      opened.finished();
    }
  }

  private UsableEncoders encoders() {
    return new UsableEncoders(parts.resources().codecs(), parts.resources().buffers());
  }

  private static StreamFormats formats(List<Codec> usable, MediaInfo info) {
    List<MediaFormat> video = usable.stream().map(MediaFormat::encodedHere).toList();
    return new StreamFormats(video, info.audio().map(sound -> MediaFormat.of(Codec.OPUS)));
  }

  private FanOut openFanOut(StreamFormats formats) {
    return FanOut.open(
        FanOutSettings.of(formats).withLadder(MAX_RENDITIONS, RUNGS),
        new LateDemand(this::demand),
        ViewerListener.none(),
        parts.resources().clock(),
        WallClock.system(),
        parts.resources().threads());
  }

  /** Viewers come when there is a pipeline, and may leave when there is none any more. */
  private RenditionDemand demand() {
    Live now = live;
    return now == null ? RenditionDemand.none() : now.pipeline();
  }

  private LivePipelineSettings settings(Optional<VideoInfo> video) {
    LivePipelineSettings usual = LivePipelineSettings.live("webrtc", 1, codecs.getFirst());
    EncodeSettings encode = usual.video();
    OptionalDouble rate =
        video.map(VideoInfo::frameRate).filter(known -> known > 0).stream()
            .mapToDouble(Double::doubleValue)
            .findFirst();
    return new LivePipelineSettings(
        usual.processor(),
        usual.delivery(),
        usual.queueCapacity(),
        new EncodeSettings(
            encode.codec(),
            options.bitrateKbps() * 1_000,
            rate,
            encode.keyframeIntervalFrames(),
            encode.keyframeGap(),
            encode.speed()),
        usual.demand(),
        usual.audioBitrateBps(),
        usual.sinkPatience());
  }

  @Override
  public void accept(MediaItem item) {
    Live now = running();
    faults.require();
    switch (item) {
      case TimestampedFrame frame -> {
        TimestampedFrame share = now.pictures() ? frame.share() : null;
        if (share != null && !now.pipeline().offerFrame(share)) {
          share.close();
        }
      }
      case AudioFrame block -> {
        AudioFrame share = now.sound() ? block.share() : null;
        if (share != null && !now.pipeline().offerAudio(share)) {
          share.close();
        }
      }
    }
  }

  private Live running() {
    Live now = live;
    if (now == null) {
      throw new IllegalStateException("not begun");
    }
    return now;
  }

  @Override
  public void finish() {
    if (!running().pipeline().stop(StopMode.DRAIN, DRAIN_LIMIT)) {
      throw new MediaException(
          MediaException.Code.SINK_FAILED,
          "the encoders did not end within " + DRAIN_LIMIT.toSeconds() + " s");
    }
  }

  @Override
  public void close() {
    Live now = live;
    Closing.closeAll(
        now == null
            ? List.of(server, negotiator)
            : List.of(
                server,
                () -> now.pipeline().stop(StopMode.ABANDON, DRAIN_LIMIT),
                negotiator,
                now.fanOut()));
  }
}
