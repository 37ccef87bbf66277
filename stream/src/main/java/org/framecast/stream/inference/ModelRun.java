package org.framecast.stream.inference;

import java.lang.foreign.MemorySegment;

/**
 * Prepared buffers for runs of a model: fill {@link #input()}, call {@link #run()}, read {@link
 * #output()}. Both buffers stay the same, and the model reads and writes them without a copy.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Ownership:</b> whoever opened it closes it. Close is idempotent.
 *
 * <p><b>Units and shapes:</b> elements lie densely in the order of the tensor's shape, in the
 * machine's byte order.
 */
public interface ModelRun extends AutoCloseable {
  MemorySegment input();

  MemorySegment output();

  /**
   * Runs the model on what is in the input.
   *
   * @throws org.framecast.stream.media.MediaException with INFERENCE_FAILED
   */
  void run();

  @Override
  void close();
}
