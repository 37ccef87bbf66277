package org.framecast.stream.pipeline;

import java.time.Duration;

/**
 * What a pipeline of either kind is told and asked while it runs.
 *
 * <p><b>Thread:</b> stop from one owner; everything else from any thread.
 */
public sealed interface RunningPipeline permits LivePipeline, ImagePipeline {
  /** Sets the layers for what is accepted from now on. */
  void chain(LayerChain chain);

  /** What a worker has accepted and that is not handed on yet. */
  int inFlight();

  /** The numbers now. */
  StatisticsSnapshot statistics();

  /**
   * Stops all threads and closes what is inside. Idempotent.
   *
   * @return whether everything ended in time
   */
  boolean stop(StopMode mode, Duration deadline);
}
