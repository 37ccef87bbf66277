package org.framecast.stream.webrtc;

/**
 * Hears of a stream's viewers: of each first that it joined, last that it left.
 *
 * <p><b>Thread:</b> the one that answered the offer, any of the negotiator's work threads, or the
 * thread that closed the viewer. Several at a time for different viewers, one for the same.
 */
public interface ViewerListener {
  /** The viewer has its answer; it is not connected yet. */
  default void joined(Viewer viewer) {}

  /** Media can flow. */
  default void connected(Viewer viewer) {}

  /** The viewer's peer is closed. Called once. */
  default void left(Viewer viewer, LeaveReason reason) {}

  /** Hears nothing. */
  static ViewerListener none() {
    return new ViewerListener() {};
  }
}
