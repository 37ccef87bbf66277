package org.framecast.stream.flow;

import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;

/**
 * Puts several pictures over each other: each at its place, in its order, as opaque as it is said
 * to be. As a step of a chain it composes onto the picture that passes.
 *
 * <p>Where it stands on black and has nothing to show, it shows that it is alive: a placeholder
 * that moves.
 *
 * <p><b>Thread:</b> as a layer; the composition is replaced from any, between two frames.
 */
public interface Compositor extends Layer {
  /** What it shows now. */
  Composition composition();

  /** Sets what it shows from the next frame on. */
  void composition(Composition composition);

  /**
   * Lays the visuals over {@code target}.
   *
   * <p><b>Ownership:</b> both are lent; {@code target} is the caller's alone.
   *
   * @param target I420 or RGBA with straight alpha, of any size
   * @param frame for which frame the visuals are asked; its pixels are not touched
   * @return how many visuals there were to lay
   */
  int compose(VideoFrame target, TimestampedFrame frame);
}
