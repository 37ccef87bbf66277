package org.framecast.stream.pipeline;

import org.framecast.stream.flow.DropKind;
import org.jspecify.annotations.Nullable;

/**
 * Learns what went wrong with a frame; the pipeline goes on.
 *
 * <p><b>Thread:</b> the pipeline's own; it returns quickly and does not throw.
 */
@FunctionalInterface
public interface PipelineListener {
  /**
   * A frame was dropped after it was accepted.
   *
   * @param cause a {@link org.framecast.stream.media.MediaException} with MALFORMED, SIZE_LIMIT,
   *     LAYER_FAILED, POOL_EXHAUSTED or CODEC_FAILED where the library knows; null when it was late
   */
  void dropped(DropKind kind, @Nullable Throwable cause);

  /** A sink gave up and is closed; the other sinks go on. */
  default void sinkFailed(String sink, Throwable cause) {}
}
