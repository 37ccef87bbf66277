package org.framecast.stream.pipeline;

import java.util.List;
import java.util.Objects;
import org.framecast.stream.codec.ImageEncoder;
import org.framecast.stream.flow.Stage;
import org.framecast.stream.flow.StageRecorder;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/** Decodes, runs the layers and encodes to JPEG, all on one worker. */
final class ImageWorker implements FrameWorker<Incoming, LayerChain, ProcessedImage> {
  private final ChainWorker chainWorker;
  private final PipelineResources resources;
  private final StageRecorder recorder;
  private final int quality;
  private @Nullable ImageEncoder encoder;

  ImageWorker(String sourceId, int quality, PipelineResources resources, StageRecorder recorder) {
    this.chainWorker = new ChainWorker(sourceId, resources, recorder);
    this.quality = quality;
    this.resources = resources;
    this.recorder = recorder;
  }

  @Override
  public @Nullable ProcessedImage process(Incoming input, LayerChain chain, FrameTicket ticket) {
    TimestampedFrame frame = chainWorker.process(input, chain, ticket);
    if (frame == null) {
      return null;
    }
    try (frame) {
      return encode(frame);
    }
  }

  private ProcessedImage encode(TimestampedFrame frame) {
    ImageEncoder open = encoder;
    if (open == null) {
      open = resources.codecs().openImageEncoder();
      encoder = open;
    }
    long start = resources.clock().nanos();
    VideoFrame pixels = frame.pixels();
    MediaBuffer jpeg = open.encode(pixels, quality, resources.buffers());
    recorder.record(Stage.ENCODE, resources.clock().nanos() - start);
    return new ProcessedImage(
        jpeg,
        frame.frameNumber(),
        pixels.width(),
        pixels.height(),
        Objects.requireNonNullElse(frame.detections(), List.of()));
  }

  @Override
  public void close() {
    try {
      chainWorker.close();
    } finally {
      if (encoder != null) {
        encoder.close();
        encoder = null;
      }
    }
  }
}
