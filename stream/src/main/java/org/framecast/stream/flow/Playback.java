package org.framecast.stream.flow;

import java.time.Duration;

/**
 * Holds a source, moves it on picture by picture, or to another place: what the keys of a window
 * do.
 *
 * <p><b>Thread:</b> any. A wish takes effect with the next item of the source.
 */
public interface Playback {
  /** Gives nothing more until {@link #resume()}; what is under way goes on. Idempotent. */
  void pause();

  /** Goes on. Idempotent. */
  void resume();

  boolean isPaused();

  /** Gives one more picture, and holds then. */
  void step();

  /** Whether {@link #seekBy} can do anything. */
  boolean isSeekable();

  /**
   * Goes so far from the picture that was given last, at most to the beginning or the end; one that
   * is held shows the picture there. Nothing happens where there is no way.
   */
  void seekBy(Duration distance);

  /** Ends the source, as if it had come to its end. Idempotent. */
  void quit();
}
