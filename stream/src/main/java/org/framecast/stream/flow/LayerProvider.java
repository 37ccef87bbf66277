package org.framecast.stream.flow;

import java.util.Set;

/**
 * A kind of {@link Layer}.
 *
 * @param <O> its options
 */
public interface LayerProvider<O extends Record> extends ComponentProvider<Layer, O> {
  /** The option that names a file in place of a source image. */
  String FILE_OPTION = "file";

  /** What must be there before a layer of this kind can work. */
  enum Need {
    /** A source image that the session selected. */
    SOURCE,
    /** The same, unless its option {@value LayerProvider#FILE_OPTION} names a file. */
    SOURCE_OR_FILE,
    /** A detecting layer before it in the chain; one is added where none was chosen. */
    DETECTIONS,
    /**
     * A compositor, which lays it among others; alone it changes nothing. Documents can name a
     * compositor, sessions have none.
     */
    COMPOSITOR
  }

  Set<Need> needs();

  /**
   * Its place in a chain: lower runs first; below 100 prepares, 100 detects, 200 hides, 300
   * replaces, 400 draws.
   */
  int order();
}
