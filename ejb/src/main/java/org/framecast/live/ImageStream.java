package org.framecast.live;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.pipeline.ImageOutputs;
import org.framecast.stream.pipeline.ImagePipeline;
import org.framecast.stream.pipeline.ImageSink;
import org.framecast.stream.pipeline.ProcessedImage;
import org.framecast.stream.pipeline.ProcessorSettings;
import org.framecast.stream.webrtc.FanOut;
import org.jspecify.annotations.Nullable;

/**
 * Image mode: each image in is answered by one processed image on the same connection.
 *
 * <p><b>Thread:</b> as {@link LiveStream}.
 */
final class ImageStream extends PipelineStream {
  private static final byte VIDEO_CHANNEL = 'v';

  private final StreamErrors errors;
  private final ImagePipeline pipeline;

  private ImageStream(
      String name, StreamParts parts, PublisherChannel channel, StreamErrors errors) {
    super(name, parts);
    this.errors = errors;
    try (Unfinished opened = opened()) {
      var processing = parts.config().processing();
      pipeline =
          new ImagePipeline(
              ProcessorSettings.of(
                  name,
                  processing.workers(),
                  Math.max(processing.workers(), processing.framesInFlight())),
              processing.queueFrames(),
              parts.config().video().jpegQuality(),
              pools().resources(parts),
              new ImageOutputs(new ToPublisher(channel), statistics()));
      opened.finished();
    }
  }

  static ImageStream start(
      String name,
      StreamParts parts,
      ChainMaker chain,
      PublisherChannel channel,
      StreamErrors errors) {
    ImageStream stream = new ImageStream(name, parts, channel, errors);
    stream.begin(() -> stream.pipeline.start(chain.make(stream.pools())));
    return stream;
  }

  @Override
  public void acceptImage(MediaBuffer file, ImageInfo info, long arrivalNanos) {
    size(info.width(), info.height());
    if (!pipeline.offer(file.hold(), info)) {
      file.close();
      overflow();
    }
  }

  /** Image mode has no sound: it is taken and not used. */
  @Override
  public void acceptAudio(MediaBuffer pcm, long arrivalNanos) {}

  /** Here whoever sent the image waits for an answer. */
  @Override
  public void overflow() {
    super.overflow();
    errors.error(StreamEvent.Code.OVERFLOW);
  }

  @Override
  public Optional<FanOut> fanOut() {
    return Optional.empty();
  }

  @Override
  ImagePipeline pipeline() {
    return pipeline;
  }

  /** Sends each answer; the copy frees the pool from the pace of the other side. */
  private final class ToPublisher implements ImageSink {
    private final PublisherChannel channel;

    ToPublisher(PublisherChannel channel) {
      this.channel = channel;
    }

    @Override
    public void image(ProcessedImage image) {
      try (image) {
        MediaBuffer jpeg = image.jpeg();
        ByteBuffer message = ByteBuffer.allocate(1 + jpeg.sizeBytes());
        message.put(0, VIDEO_CHANNEL);
        MemorySegment.copy(jpeg.content(), 0, MemorySegment.ofBuffer(message), 1, jpeg.sizeBytes());
        StreamEvent.Result found =
            new StreamEvent.Result(
                image.number(), image.width(), image.height(), image.detections());
        if (!channel.sendResult(found, message)) {
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
