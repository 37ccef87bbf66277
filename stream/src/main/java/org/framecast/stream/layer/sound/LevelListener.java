package org.framecast.stream.layer.sound;

/**
 * Learns how loud a stream is; found in the context of the layer that measures it.
 *
 * <p><b>Thread:</b> the stream's own; it returns quickly and does not throw.
 */
@FunctionalInterface
public interface LevelListener {
  void level(AudioLevel level);
}
