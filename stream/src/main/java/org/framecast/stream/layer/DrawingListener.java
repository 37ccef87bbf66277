package org.framecast.stream.layer;

/** Learns that a drawing failed: its frame went on without it. */
@FunctionalInterface
public interface DrawingListener {
  /** Tells nobody; the layer still counts. */
  DrawingListener NONE = (layer, frameNumber, cause) -> {};

  /**
   * <b>Thread:</b> the worker's, which goes on when this returns.
   *
   * @param layer its name
   */
  void failed(String layer, long frameNumber, Throwable cause);
}
