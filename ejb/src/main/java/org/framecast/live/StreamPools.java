package org.framecast.live;

import org.framecast.config.ServerConfig;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.pipeline.PipelineResources;
import org.framecast.stream.pipeline.SinkBank;

/**
 * One stream's share of memory.
 *
 * <p><b>Ownership:</b> closing it frees what is idle at once, and the rest when it comes back.
 */
final class StreamPools implements AutoCloseable {
  /** Beside the frames in flight and those that wait for encoders: one under conversion. */
  private static final int SPARE_FRAMES = 4;

  /** Those that wait for a sink, and one that it works on. */
  private static final int FRAMES_OF_A_SINK = SinkBank.DEFAULT_QUEUE + 1;

  /** Two that wait, one that is encoded. */
  private static final int FRAMES_OF_AN_ENCODE = 3;

  private final BufferPool buffers;
  private final FramePool frames;

  private StreamPools(BufferPool buffers, FramePool frames) {
    this.buffers = buffers;
    this.frames = frames;
  }

  static StreamPools open(String name, ServerConfig config) {
    ServerConfig.Processing settings = config.processing();
    return new StreamPools(
        BufferPool.open(name + "-buffers", settings.bufferBytes()),
        FramePool.open(
            name + "-frames",
            2 * settings.framesInFlight()
                + settings.queueFrames()
                + FRAMES_OF_AN_ENCODE * config.video().maxRenditions()
                // A recording, a preview and HLS beside those that a document names.
                + FRAMES_OF_A_SINK * (3 + config.documents().maxSinks())
                // What a layer draws before it lays that over the picture.
                + settings.workers()
                + SPARE_FRAMES));
  }

  BufferPool buffers() {
    return buffers;
  }

  FramePool frames() {
    return frames;
  }

  PipelineResources resources(StreamParts parts) {
    return new PipelineResources(parts.codecs(), frames, buffers, parts.threads(), parts.clock());
  }

  /** Blocks that somebody still holds. */
  int live() {
    return buffers.live() + frames.live();
  }

  @Override
  public void close() {
    try {
      buffers.close();
    } finally {
      frames.close();
    }
  }
}
