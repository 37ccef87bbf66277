package org.framecast.stream.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * The work on one frame, with what one thread needs for it, such as a decoder.
 *
 * <p><b>Thread:</b> opened, used and closed by one worker thread.
 *
 * @param <I> what comes in
 * @param <S> the settings that travel with each frame
 * @param <O> the result
 */
public interface FrameWorker<I extends AutoCloseable, S, O extends AutoCloseable>
    extends AutoCloseable {
  /**
   * Works on one frame. What it throws costs this frame alone, counted as an error.
   *
   * <p><b>Ownership:</b> the input is lent, and closed after the call unless it is itself the
   * result; the result is the processor's.
   *
   * @param settings as they were when the frame was accepted
   * @return null when there is no result; the ticket then knows why
   */
  @Nullable O process(I input, S settings, FrameTicket ticket);

  /** Idempotent. */
  @Override
  default void close() {}
}
