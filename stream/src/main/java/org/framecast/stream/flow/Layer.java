package org.framecast.stream.flow;

import org.framecast.stream.media.TimestampedFrame;

/**
 * One step on a picture: finds, draws, hides.
 *
 * <p>A layer is configured once and immutable; a change of settings makes a new one, and frames
 * that are under way keep theirs. What is heavy (a model session, a pool) belongs to whoever
 * created the layer, so a layer needs no close.
 *
 * <p><b>Thread:</b> several worker threads at a time, each with its own frame.
 *
 * <p><b>Ownership:</b> the frame is lent for the call and its pixels may be drawn on; a layer that
 * needs other pixels {@linkplain TimestampedFrame#replacePixels replaces} them.
 *
 * <p><b>Throws:</b> whatever it throws costs this frame, which is dropped and counted, and nothing
 * else.
 */
public interface Layer {
  /** The name of its kind, as in the registry. */
  String name();

  void process(TimestampedFrame frame);
}
