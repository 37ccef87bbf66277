package org.framecast.stream.transport;

import org.framecast.stream.media.MediaException;

/**
 * Makes peer connections.
 *
 * <p><b>Thread:</b> any.
 */
public interface PeerTransport extends AutoCloseable {
  /**
   * Opens a peer that will answer an offer.
   *
   * <p><b>Ownership:</b> the caller closes the peer.
   *
   * @param listener registered before anything can happen
   * @throws MediaException with TRANSPORT_FAILED when the library refuses or the transport is
   *     closed
   */
  Peer openPeer(PeerListener listener);

  /** Peers that are open now. */
  int livePeers();

  /**
   * Closes every peer that is still open and releases the library. Idempotent. Never call it from a
   * {@link PeerListener}.
   *
   * @throws MediaException with TRANSPORT_FAILED when the library is not done before the deadline
   *     of the settings
   */
  @Override
  void close();
}
