package org.framecast.live;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.pipeline.ImageOutputs;
import org.framecast.stream.pipeline.ImagePipeline;
import org.framecast.stream.pipeline.ImageSink;
import org.framecast.stream.pipeline.LayerChain;
import org.framecast.stream.pipeline.ProcessedImage;
import org.framecast.stream.pipeline.ProcessorSettings;
import org.framecast.stream.pipeline.StageStatistics;
import org.framecast.stream.pipeline.StopMode;
import org.framecast.stream.webrtc.FanOut;
import org.jspecify.annotations.Nullable;

/**
 * Image mode: each image in is answered by one processed image on the same connection.
 *
 * <p><b>Thread:</b> as {@link LiveStream}.
 */
final class ImageStream implements LiveStream {
  private static final Duration STOP_LIMIT = Duration.ofMillis(1_500);
  private static final byte VIDEO_CHANNEL = 'v';

  private final String name;
  private final StreamPools pools;
  private final ImagePipeline pipeline;
  private final StageStatistics statistics;
  private final StatsReader reader;
  private volatile int width;
  private volatile int height;
  private boolean closed;

  private ImageStream(
      String name, StreamParts parts, PublisherChannel channel, StreamErrors errors) {
    this.name = name;
    var processing = parts.config().processing();
    pools = StreamPools.open(name, processing);
    statistics = new StageStatistics(parts.clock(), StatsReader.WINDOW);
    reader = new StatsReader(parts.wallClock());
    pipeline =
        new ImagePipeline(
            ProcessorSettings.of(
                name,
                processing.workers(),
                Math.max(processing.workers(), processing.framesInFlight())),
            processing.queueFrames(),
            parts.config().video().jpegQuality(),
            pools.resources(parts),
            new ImageOutputs(new ToPublisher(channel, errors), statistics));
  }

  static ImageStream start(
      String name,
      StreamParts parts,
      LayerChain chain,
      PublisherChannel channel,
      StreamErrors errors) {
    ImageStream stream = new ImageStream(name, parts, channel, errors);
    stream.pipeline.start(chain);
    return stream;
  }

  @Override
  public BufferPool buffers() {
    return pools.buffers();
  }

  @Override
  public void acceptImage(MediaBuffer file, ImageInfo info, long arrivalNanos) {
    width = info.width();
    height = info.height();
    if (!pipeline.offer(file.hold(), info)) {
      file.close();
      overflow();
    }
  }

  /** Image mode has no sound: it is taken and not used. */
  @Override
  public void acceptAudio(MediaBuffer pcm, long arrivalNanos) {}

  @Override
  public void overflow() {
    statistics.dropped(DropKind.OVERFLOW);
  }

  @Override
  public void chain(LayerChain chain) {
    pipeline.chain(chain);
  }

  @Override
  public Optional<FanOut> fanOut() {
    return Optional.empty();
  }

  @Override
  public StreamStats stats() {
    return reader.read(
        pipeline.statistics(), new StatsReader.Now(0, width, height, pipeline.inFlight()));
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
            pools));
  }

  /** Sends each answer; the copy frees the pool from the pace of the other side. */
  private final class ToPublisher implements ImageSink {
    private final PublisherChannel channel;
    private final StreamErrors errors;

    ToPublisher(PublisherChannel channel, StreamErrors errors) {
      this.channel = channel;
      this.errors = errors;
    }

    @Override
    public void image(ProcessedImage image) {
      try (image) {
        MediaBuffer jpeg = image.jpeg();
        ByteBuffer message = ByteBuffer.allocate(1 + jpeg.sizeBytes());
        message.put(0, VIDEO_CHANNEL);
        MemorySegment.copy(jpeg.content(), 0, MemorySegment.ofBuffer(message), 1, jpeg.sizeBytes());
        StreamEvent found =
            new StreamEvent.Result(
                image.number(), image.width(), image.height(), image.detections());
        if (!channel.send(found) || !channel.sendImage(message)) {
          overflow();
        }
      }
    }

    @Override
    public void failed(long number, DropKind kind, @Nullable Throwable cause) {
      StreamEvent.Code code = StreamErrors.codeOf(kind, cause);
      if (code != null) {
        errors.error(code);
      }
    }
  }
}
