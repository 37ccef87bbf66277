package org.framecast.stream.flow;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * Makes frames or sound until it is stopped or has no more.
 *
 * <p><b>Thread:</b> start and stop from one owner; frames come from the source's own thread.
 */
public interface StreamSource {
  /** Starts a thread that offers to {@code input}. Once only. */
  void start(StreamInput input, ThreadFactory threads);

  /**
   * Ends the thread. Idempotent.
   *
   * @return whether it ended within the deadline
   */
  boolean stop(Duration deadline);
}
