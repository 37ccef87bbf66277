package org.framecast.live;

import org.framecast.stream.pipeline.LayerChain;

/** Makes a stream's first layers, which work in the stream's own memory. */
@FunctionalInterface
interface ChainMaker {
  /**
   * Called once, before the first picture.
   *
   * @throws org.framecast.problem.ProblemException when a layer cannot be made
   */
  LayerChain make(StreamPools pools);

  /** Shows pictures as they come. */
  static ChainMaker none() {
    return pools -> LayerChain.empty();
  }
}
