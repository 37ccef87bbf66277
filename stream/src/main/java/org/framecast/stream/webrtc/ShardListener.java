package org.framecast.stream.webrtc;

/**
 * Hears what a shard cannot mend.
 *
 * <p><b>Thread:</b> the sender's.
 */
interface ShardListener {
  /** The track cannot be sent to any more. */
  void died(ViewerTrack track);

  /** The shard sends nothing any more. */
  void abandoned();
}
