package org.framecast.stream.pipeline;

import org.framecast.stream.flow.DropKind;

/** What a chain of layers made of a frame. */
public sealed interface ChainResult {
  /** The one value of {@link Shown}. */
  ChainResult SHOWN = new Shown();

  /** Every layer finished: the frame may be seen. */
  record Shown() implements ChainResult {}

  /**
   * A layer failed: the frame must not be seen.
   *
   * @param layer the name of its kind
   */
  record Failed(String layer, DropKind kind, Throwable cause) implements ChainResult {}
}
