package org.framecast.stream.transport;

import java.util.Optional;
import org.framecast.stream.media.MediaException;

/**
 * One peer connection that answers an offer.
 *
 * <p>The order of calls: add the tracks, {@link #acceptOffer accept the offer}, read {@link
 * #completeDescription}; where it is not there yet, wait for {@link
 * PeerListener#gatheringComplete}.
 *
 * <p><b>Thread:</b> one caller at a time until the offer is accepted, any after.
 *
 * <p><b>Throws:</b> {@link MediaException} with TRANSPORT_FAILED when the library refuses.
 */
public interface Peer extends AutoCloseable {
  /** Adds a track that sends. */
  PeerTrack addTrack(TrackSpec spec);

  /**
   * Adds a track that receives: what comes is told to {@link PeerListener#rtpReceived}, and RTCP
   * can be sent on it.
   *
   * @param spec its SSRC is that of our reports
   */
  PeerTrack addReceivingTrack(TrackSpec spec);

  /** Sets the remote offer, makes the answer and starts to gather candidates. */
  void acceptOffer(String sdp);

  /**
   * The answer, once it holds every candidate. With host candidates alone that is as soon as the
   * offer has been accepted.
   */
  Optional<String> completeDescription();

  /** Adds a candidate of the other side, as in {@code a=}: {@code candidate:…}. */
  void addRemoteCandidate(String mid, String candidate);

  /**
   * Ends the connection and frees it. Idempotent, and may be called from a {@link PeerListener}. No
   * callback starts after it has returned.
   */
  @Override
  void close();
}
