package org.framecast.stream.pipeline;

import org.framecast.stream.codec.AudioDecoder;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;

/**
 * Decodes sound in its order on a thread of its own, and puts it into a stream. When its queue is
 * full, the oldest is dropped.
 *
 * <p><b>Thread:</b> start and stop from one owner; {@link #offer} one at a time.
 *
 * <p><b>Ownership:</b> {@link #offer} takes a hold of its own on the unit, which is lent.
 */
public final class AudioDecodeLoop extends UnitDecodeLoop<AudioDecoder> {
  /** A second of blocks of 20 ms. */
  private static final int QUEUE = 50;

  private final PipelineResources resources;
  private final StreamInput sink;

  /**
   * Makes a loop that does nothing until it is started.
   *
   * @param name of its thread
   */
  public AudioDecodeLoop(
      String name,
      PipelineResources resources,
      StreamInput sink,
      PipelineListener listener,
      StageStatistics statistics) {
    super(name, FrameQueue.latest(name, QUEUE), resources.threads(), listener, statistics);
    this.resources = resources;
    this.sink = sink;
  }

  @Override
  AudioDecoder open() {
    return resources.codecs().openAudioDecoder(resources.buffers());
  }

  @Override
  void decode(AudioDecoder decoder, AccessUnit unit) {
    decoder.decode(unit, this::deliver);
  }

  private void deliver(AudioFrame block) {
    if (!sink.offerAudio(block)) {
      block.close();
    }
  }
}
