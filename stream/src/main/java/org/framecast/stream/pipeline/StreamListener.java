package org.framecast.stream.pipeline;

import org.framecast.stream.flow.DropKind;
import org.jspecify.annotations.Nullable;

/**
 * Learns what goes wrong in a stream, and that it is over.
 *
 * <p><b>Thread:</b> the stream's own; it returns quickly and does not throw.
 */
public interface StreamListener extends PipelineListener {
  /** A frame or a block of sound was dropped; the stream goes on. */
  @Override
  default void dropped(DropKind kind, @Nullable Throwable cause) {}

  /**
   * Nothing runs any more.
   *
   * @param failure of the source, or of the last sink; null when it ended well or was stopped
   */
  default void ended(@Nullable Throwable failure) {}
}
