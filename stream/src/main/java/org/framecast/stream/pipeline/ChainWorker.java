package org.framecast.stream.pipeline;

import org.framecast.stream.codec.FrameConverter;
import org.framecast.stream.codec.ImageDecoder;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.Stage;
import org.framecast.stream.flow.StageRecorder;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.PoolExhaustedException;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/** Decodes what came in and runs the layers on it; has a decoder and a converter of its own. */
final class ChainWorker implements FrameWorker<Incoming, LayerChain, TimestampedFrame> {
  private final String sourceId;
  private final PipelineResources resources;
  private final StageRecorder recorder;
  private @Nullable ImageDecoder decoder;
  private @Nullable FrameConverter converter;

  ChainWorker(String sourceId, PipelineResources resources, StageRecorder recorder) {
    this.sourceId = sourceId;
    this.resources = resources;
    this.recorder = recorder;
  }

  @Override
  public @Nullable TimestampedFrame process(Incoming input, LayerChain chain, FrameTicket ticket) {
    ticket.countLateAs(chain.dropKind(DropKind.LATE));
    recorder.record(Stage.QUEUE, ticket.acceptedNanos() - input.arrivalNanos());
    TimestampedFrame frame;
    try {
      frame = picture(input);
    } catch (PoolExhaustedException e) {
      ticket.drop(DropKind.OVERFLOW, e);
      return null;
    }
    boolean shown = false;
    try {
      makeWritable(frame, chain);
      shown = show(chain.apply(frame, recorder), ticket);
      return shown ? frame : null;
    } finally {
      if (!shown) {
        frame.close();
      }
      recorder.record(Stage.PROCESS, resources.clock().nanos() - ticket.acceptedNanos());
    }
  }

  private static boolean show(ChainResult result, FrameTicket ticket) {
    return switch (result) {
      case ChainResult.Shown() -> true;
      case ChainResult.Failed(String layer, DropKind kind, Throwable cause) -> {
        ticket.drop(
            kind, new MediaException(MediaException.Code.LAYER_FAILED, "layer " + layer, cause));
        yield false;
      }
    };
  }

  private TimestampedFrame picture(Incoming input) {
    return switch (input) {
      case Incoming.EncodedImage image -> decode(image);
      case Incoming.Picture picture -> inWorkingFormat(picture.take());
    };
  }

  private TimestampedFrame decode(Incoming.EncodedImage image) {
    ImageDecoder open = decoder;
    if (open == null) {
      open = resources.codecs().openImageDecoder();
      decoder = open;
    }
    long start = resources.clock().nanos();
    VideoFrame pixels = open.decode(image.file(), image.info(), resources.frames());
    recorder.record(Stage.DECODE, resources.clock().nanos() - start);
    return new TimestampedFrame(pixels, sourceId, image.frameNumber(), image.captureNanos());
  }

  private TimestampedFrame inWorkingFormat(TimestampedFrame frame) {
    VideoFrame pixels = frame.pixels();
    if (pixels.format() == PixelFormat.I420) {
      return frame;
    }
    boolean done = false;
    try {
      VideoFrame converted =
          resources.frames().acquire(FrameShape.i420(pixels.width(), pixels.height()));
      frame.replacePixels(convert(pixels, converted));
      done = true;
      return frame;
    } finally {
      if (!done) {
        frame.close();
      }
    }
  }

  private VideoFrame convert(VideoFrame source, VideoFrame target) {
    boolean done = false;
    try {
      FrameConverter open = converter;
      if (open == null) {
        open = resources.codecs().openFrameConverter();
        converter = open;
      }
      open.convert(source, target);
      done = true;
      return target;
    } finally {
      if (!done) {
        target.close();
      }
    }
  }

  /** Layers draw on the pixels: a frame that others hold too is copied first. */
  private void makeWritable(TimestampedFrame frame, LayerChain chain) {
    VideoFrame pixels = frame.pixels();
    if (pixels.holders() > 1 && !chain.layers().isEmpty()) {
      VideoFrame copy = resources.frames().acquire(pixels.shape());
      copy.copyFrom(pixels);
      frame.replacePixels(copy);
    }
  }

  @Override
  public void close() {
    try {
      if (decoder != null) {
        decoder.close();
        decoder = null;
      }
    } finally {
      if (converter != null) {
        converter.close();
        converter = null;
      }
    }
  }
}
