package org.framecast.stream.flow;

import java.util.Set;

/**
 * A kind of {@link Layer}.
 *
 * @param <O> its options
 */
public interface LayerProvider<O extends Record> extends ComponentProvider<Layer, O> {
  /** What must be there before a layer of this kind can work. */
  enum Need {
    /** A source image that the session selected. */
    SOURCE,
    /** A detecting layer before it in the chain; one is added where none was chosen. */
    DETECTIONS,
    /** What a stream of a document has: a pool of frames, folders, other streams' pictures. */
    STREAM
  }

  Set<Need> needs();

  /**
   * Its place in a chain: lower runs first; below 100 prepares, 100 detects, 200 hides, 300
   * replaces, 400 draws.
   */
  int order();
}
