package org.framecast.stream.transport;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Hears what happens to a peer.
 *
 * <p><b>Thread:</b> a native thread, which carries media of other peers as well: copy, enqueue,
 * return. Nothing here may wait or throw.
 */
public interface PeerListener {
  void stateChanged(PeerState state);

  /** {@link Peer#completeDescription()} is there. */
  void gatheringComplete();

  /** The track of that section can send from now on. */
  void trackOpened(String mid);

  /**
   * An RTP packet arrived on a track that receives.
   *
   * <p><b>Ownership:</b> the bytes are lent for the call.
   */
  default void rtpReceived(String mid, MemorySegment packet) {}

  /**
   * A compound RTCP packet arrived. One packet may be told to several tracks, when it speaks of
   * several.
   *
   * <p><b>Ownership:</b> the bytes are lent for the call.
   */
  void rtcpReceived(String mid, ByteBuffer packet);
}
