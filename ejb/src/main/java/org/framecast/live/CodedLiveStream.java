package org.framecast.live;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.framecast.stream.codec.CodedSize;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.codec.VideoDecoderSettings;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.flow.LateDemand;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.pipeline.AudioDecodeLoop;
import org.framecast.stream.pipeline.DecodeLoop;
import org.framecast.stream.pipeline.LayerChain;
import org.framecast.stream.pipeline.LivePipeline;
import org.framecast.stream.pipeline.PassSwitch;
import org.framecast.stream.pipeline.PipelineOutputs;
import org.framecast.stream.pipeline.SinkStatistics;
import org.framecast.stream.time.Deadline;
import org.framecast.stream.webrtc.FanOut;
import org.framecast.stream.webrtc.FanOutSettings;
import org.framecast.stream.webrtc.PublishHost;
import org.framecast.stream.webrtc.ingest.IngestSink;
import org.framecast.stream.webrtc.sdp.MediaFormat;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/**
 * A stream that comes coded: passed on as it is, or, with layers, decoded, processed and encoded
 * again in the same codec. Viewers who need another codec or a smaller picture are sent what is
 * encoded for them, once for each rendition, in both cases, as far as its fan-out has them. It is
 * decoded too while a sink, such as a recording, takes its pictures.
 *
 * <p><b>Thread:</b> as {@link LiveStream}; units come on the publisher's reading thread.
 */
public final class CodedLiveStream extends PipelineStream implements IngestSink, Recordable {
  private final FanOut fanOut;
  private final AccessUnitSink passedSound;
  private final LivePipeline pipeline;
  private final DecodeLoop decoding;
  private final AudioDecodeLoop soundDecoding;
  private final PassSwitch pictures;
  private final PipelineOutputs outputs;
  private final LayerChain opening;
  private final SinkDemand seeing;
  private final SinkDemand hearing;

  /**
   * Who encodes it.
   *
   * @param formats what comes
   * @param fanOut opens what sends it; the demand is what viewers want
   * @param keyframeWanted asks for a keyframe, where that helps; called from any thread
   */
  record Origin(
      StreamFormats formats, Function<RenditionDemand, FanOut> fanOut, Runnable keyframeWanted) {
    /** A publisher, whose stream is encoded here too for those who need it otherwise. */
    static Origin publisher(StreamParts parts, StreamFormats formats, Runnable keyframeWanted) {
      return new Origin(formats, demand -> parts.openFanOutOf(formats, demand), keyframeWanted);
    }

    /** A source that makes no keyframe for anybody, sent in its own codec alone. */
    static Origin deaf(StreamParts parts, StreamFormats formats, FanOutSettings settings) {
      return new Origin(formats, demand -> parts.openFanOut(settings, demand), () -> {});
    }
  }

  private CodedLiveStream(
      String name, StreamParts parts, Origin origin, ChainMaker chain, StreamErrors errors) {
    super(name, parts);
    try (Unfinished opened = opened()) {
      opening = chain.make(pools());
      StreamFormats formats = origin.formats();
      Runnable keyframeWanted = origin.keyframeWanted();
      if (formats.audio().isPresent()) {
        // Known before it comes, so that a recording that begins at once keeps room for it.
        soundCame();
      }
      fanOut = opened.add(origin.fanOut().apply(new LateDemand(this::pictures)));
      passedSound = fanOut.audio();
      outputs =
          new PipelineOutputs(
              (rendition, unit) -> pictures().encoded(rendition, unit),
              passedSound,
              VideoStream.tell(errors),
              statistics());
      pipeline =
          new LivePipeline(VideoStream.settings(name, parts), pools().resources(parts), outputs);
      int maxSide = parts.config().ingest().maxImageSide();
      Codec codec = formats.video().stream().map(MediaFormat::codec).findFirst().orElse(Codec.VP8);
      decoding =
          new DecodeLoop(
              name + "-decode",
              new VideoDecoderSettings(codec, name, (long) maxSide * maxSide),
              pools().resources(parts),
              new Measured(pipeline),
              outputs.listener(),
              statistics(),
              keyframeWanted);
      soundDecoding =
          new AudioDecodeLoop(
              name + "-decode-audio",
              pools().resources(parts),
              new Sound(),
              outputs.listener(),
              statistics());
      pictures =
          new PassSwitch(
              way(opening),
              new PassSwitch.Origin(Rendition.best(codec), keyframeWanted),
              fanOut,
              decoding,
              pipeline);
      seeing =
          new SinkDemand(
              pipeline::sinks, sink -> true, pictures::picturesWanted, pictures::picturesUnwanted);
      hearing =
          new SinkDemand(
              pipeline::sinks, CodedLiveStream::takesSound, () -> {}, this::restFromSound);
      opened.finished();
    }
  }

  /** Opens and starts it. */
  static CodedLiveStream start(
      String name, StreamParts parts, Origin origin, ChainMaker chain, StreamErrors errors) {
    CodedLiveStream stream = new CodedLiveStream(name, parts, origin, chain, errors);
    stream.begin(
        () -> {
          stream.pipeline.start(stream.opening);
          stream.decoding.start();
          stream.soundDecoding.start();
        });
    return stream;
  }

  private static PassSwitch.Way way(LayerChain chain) {
    return chain.layers().isEmpty() ? PassSwitch.Way.PASSED : PassSwitch.Way.PROCESSED;
  }

  private PassSwitch pictures() {
    return pictures;
  }

  /** Where the units of a publisher go. */
  PublishHost.Reception reception() {
    return new PublishHost.Reception(this, buffers());
  }

  @Override
  public void video(AccessUnit unit) {
    int bytes = unit.data().sizeBytes();
    CodedSize.of(unit).ifPresent(size -> size(size.width(), size.height()));
    switch (pictures.video(unit)) {
      case PASSED -> {
        statistics().frameIn(bytes);
        statistics().coded(bytes);
        statistics().frameOut();
      }
      // The pipeline counts what it is given.
      case SHARED -> statistics().coded(bytes);
      case DECODED, DROPPED -> {}
    }
  }

  /** Sound goes the way of the pictures. */
  @Override
  public void audio(AccessUnit unit) {
    soundCame();
    switch (pictures.way()) {
      case PASSED -> {
        passedSound.deliver(unit);
        statistics().audioOut(unit.data().sizeBytes());
        if (hearing.isOn()) {
          soundDecoding.offer(unit);
        }
      }
      case PROCESSED -> soundDecoding.offer(unit);
    }
  }

  @Override
  public void chain(LayerChain chain) {
    super.chain(chain);
    pictures.to(way(chain));
  }

  @Override
  public Optional<Recordable> recordable() {
    return Optional.of(this);
  }

  @Override
  public void addSink(String name, StreamSink sink) {
    pipeline.add(name, sink, info());
    seeing.settle();
    hearing.settle();
  }

  @Override
  public boolean removeSink(String name, Duration limit) {
    boolean complete = pipeline.remove(name, limit);
    seeing.settle();
    hearing.settle();
    return complete;
  }

  private void restFromSound() {
    if (pictures.way() == PassSwitch.Way.PASSED) {
      soundDecoding.rest();
    }
  }

  private static boolean takesSound(String sink) {
    return !sink.equals(PREVIEW);
  }

  @Override
  public boolean completeSink(String name, Duration limit) {
    boolean complete = pipeline.complete(name, limit);
    seeing.settle();
    hearing.settle();
    return complete;
  }

  @Override
  public List<SinkStatistics> sinks() {
    return pipeline.sinks();
  }

  @Override
  public Optional<FanOut> fanOut() {
    return Optional.of(fanOut);
  }

  FanOut viewers() {
    return fanOut;
  }

  @Override
  public void acceptImage(MediaBuffer file, ImageInfo info, long arrivalNanos) {
    throw new UnsupportedOperationException("images come by WebSocket");
  }

  @Override
  public void acceptAudio(MediaBuffer pcm, long arrivalNanos) {
    throw new UnsupportedOperationException("PCM comes by WebSocket");
  }

  @Override
  LivePipeline pipeline() {
    return pipeline;
  }

  @Override
  boolean stop(Duration limit) {
    Deadline end = Deadline.in(limit);
    boolean ended = decoding.stop(end.left());
    ended &= soundDecoding.stop(end.left());
    return super.stop(end.left()) && ended;
  }

  /** Decoded sound: where the publisher's own reaches the viewers, for the sinks alone. */
  private final class Sound implements StreamInput {
    @Override
    public boolean offerFrame(TimestampedFrame frame) {
      return pipeline.offerFrame(frame);
    }

    @Override
    public boolean offerAudio(AudioFrame block) {
      return switch (pictures.way()) {
        case PROCESSED -> pipeline.offerAudio(block);
        case PASSED -> {
          try (block) {
            pipeline.soundToSinks(block);
          }
          yield true;
        }
      };
    }
  }

  /** The pipeline's input, which tells the pictures' size. */
  private final class Measured implements StreamInput {
    private final StreamInput input;

    Measured(StreamInput input) {
      this.input = input;
    }

    @Override
    public boolean offerFrame(TimestampedFrame frame) {
      size(frame.pixels().width(), frame.pixels().height());
      return input.offerFrame(frame);
    }

    @Override
    public boolean offerAudio(AudioFrame block) {
      return input.offerAudio(block);
    }
  }
}
