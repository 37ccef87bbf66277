package org.framecast.stream.pipeline;

import org.framecast.stream.codec.VideoDecoder;
import org.framecast.stream.codec.VideoDecoderSettings;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.flow.Stage;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.TimestampedFrame;

/**
 * Decodes pictures in their order on a thread of its own, and puts them into a stream.
 *
 * <p>The queue is bounded; when it is full, what is inside is dropped up to the next keyframe,
 * which is asked for. The decoder is opened at the first keyframe, and closed while the loop rests;
 * a unit that cannot be decoded costs the pictures up to the next keyframe.
 *
 * <p><b>Thread:</b> start and stop from one owner; {@link #offer} and {@link #rest} one at a time.
 *
 * <p><b>Ownership:</b> {@link #offer} takes a hold of its own on the unit, which is lent.
 */
public final class DecodeLoop extends UnitDecodeLoop<VideoDecoder> {
  private static final int QUEUE = 30;

  private final VideoDecoderSettings settings;
  private final PipelineResources resources;
  private final StreamInput sink;
  private final StageStatistics statistics;
  private final Runnable keyframeWanted;

  /**
   * Makes a loop that does nothing until it is started.
   *
   * @param name of its thread
   * @param keyframeWanted called while nothing but a keyframe is of use; from this loop's thread
   *     and from the one that offers
   */
  public DecodeLoop(
      String name,
      VideoDecoderSettings settings,
      PipelineResources resources,
      StreamInput sink,
      PipelineListener listener,
      StageStatistics statistics,
      Runnable keyframeWanted) {
    super(name, FrameQueue.ofAccessUnits(name, QUEUE), resources.threads(), listener, statistics);
    this.settings = settings;
    this.resources = resources;
    this.sink = sink;
    this.statistics = statistics;
    this.keyframeWanted = keyframeWanted;
  }

  @Override
  void offered(FrameQueue<AccessUnit> queue) {
    if (queue.awaitsKeyframe()) {
      keyframeWanted.run();
    }
  }

  /**
   * Left over from before a rest, or the decoder could not be opened: only a keyframe is of use.
   */
  @Override
  boolean opensAt(AccessUnit unit) {
    boolean opens = unit.kind() == AccessUnit.Kind.KEYFRAME;
    if (!opens) {
      keyframeWanted.run();
    }
    return opens;
  }

  @Override
  VideoDecoder open() {
    return resources.codecs().openVideoDecoder(settings, resources.frames());
  }

  @Override
  void decode(VideoDecoder decoder, AccessUnit unit) {
    long start = resources.clock().nanos();
    decoder.decode(unit, this::deliver);
    statistics.record(Stage.DECODE, resources.clock().nanos() - start);
  }

  @Override
  void decoded(VideoDecoder decoder) {
    if (decoder.needsKeyframe()) {
      keyframeWanted.run();
    }
  }

  private void deliver(TimestampedFrame frame) {
    if (!sink.offerFrame(frame)) {
      frame.close();
    }
  }
}
