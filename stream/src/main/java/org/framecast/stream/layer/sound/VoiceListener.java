package org.framecast.stream.layer.sound;

/**
 * Learns when somebody speaks; found in the context of the layer that listens.
 *
 * <p><b>Thread:</b> the stream's own; it returns quickly and does not throw.
 */
public interface VoiceListener {
  /**
   * @param ptsNanos where the voice begins
   */
  void started(long ptsNanos);

  /**
   * @param ptsNanos where the voice ended; the event comes later by the hangover
   */
  void paused(long ptsNanos);
}
