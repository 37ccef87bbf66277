package org.framecast.stream.inference;

/**
 * A loaded model with one input and one output of fixed shapes.
 *
 * <p><b>Thread:</b> any; several runs may be under way at a time, each on its own thread.
 *
 * <p><b>Ownership:</b> whoever opened it closes it, after its runs. Close is idempotent.
 */
public interface ModelSession extends AutoCloseable {
  /** What was loaded. */
  ModelFile model();

  TensorSpec input();

  TensorSpec output();

  /** Where it runs. */
  ExecutionProvider provider();

  /** How many runs may be open at a time. */
  int maxRuns();

  /**
   * Prepares buffers for one worker.
   *
   * @throws org.framecast.stream.media.MediaException with POOL_EXHAUSTED when {@link #maxRuns} are
   *     open
   */
  ModelRun openRun();

  @Override
  void close();
}
