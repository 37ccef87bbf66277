package org.framecast.stream.pipeline;

import org.framecast.stream.flow.DropKind;
import org.jspecify.annotations.Nullable;

/**
 * Takes results in the order of acceptance, and in the same order learns of frames that have none.
 *
 * <p><b>Thread:</b> one caller at a time, not always the same; it holds no lock, but the frames
 * behind wait for it.
 *
 * @param <O> the result
 */
public interface FrameSink<O extends AutoCloseable> {
  /**
   * Takes a result.
   *
   * <p><b>Ownership:</b> the result is the sink's, also when it throws.
   */
  void deliver(O result, FrameTicket ticket);

  /** An accepted frame has no result. */
  default void dropped(DropKind kind, @Nullable Throwable cause, FrameTicket ticket) {}

  /**
   * Nothing comes any more: the feed ended, or the processor was stopped.
   *
   * @param failure what the feed threw, if it did
   */
  default void ended(@Nullable Throwable failure) {}
}
