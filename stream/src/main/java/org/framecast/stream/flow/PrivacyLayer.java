package org.framecast.stream.flow;

import org.framecast.stream.media.TimestampedFrame;

/**
 * A layer that hides something from the viewers. A chain that holds one shows no frame whose
 * privacy layer did not finish, and has the whole picture hidden when nobody looked at this very
 * picture.
 *
 * <p>What to hide it takes from {@link TimestampedFrame#sensitive}, which no option of a detecting
 * layer narrows, never from {@link TimestampedFrame#detections}, which is what is wanted to be
 * seen.
 */
public interface PrivacyLayer extends Layer {
  /** Hides the whole picture, whatever is known about it. */
  void hideWhole(TimestampedFrame frame);
}
