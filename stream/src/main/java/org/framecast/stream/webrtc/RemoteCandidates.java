package org.framecast.stream.webrtc;

import java.util.concurrent.atomic.AtomicInteger;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.transport.Peer;
import org.framecast.stream.webrtc.sdp.IceCandidate;
import org.framecast.stream.webrtc.sdp.OfferedIce;
import org.framecast.stream.webrtc.sdp.SdpLimits;
import org.framecast.stream.webrtc.sdp.TrickleFragment;

/**
 * Hands trickled candidates on to a peer, as many as there may be.
 *
 * <p><b>Thread:</b> any.
 */
final class RemoteCandidates {
  private final Peer peer;
  private final String mid;
  private final OfferedIce ice;
  private final AtomicInteger left;

  /**
   * @param known candidates that the offer had
   */
  RemoteCandidates(Peer peer, String mid, OfferedIce ice, int known) {
    this.peer = peer;
    this.mid = mid;
    this.ice = ice;
    left = new AtomicInteger(SdpLimits.MAX_USED_CANDIDATES - known);
  }

  /** What the library will not take is dropped silently. */
  Viewer.TrickleOutcome take(TrickleFragment fragment) {
    if (fragment.restarts(ice)) {
      return Viewer.TrickleOutcome.RESTART_REFUSED;
    }
    for (IceCandidate candidate : fragment.candidates(ice)) {
      if (left.getAndDecrement() <= 0) {
        left.set(0);
        break;
      }
      try {
        peer.addRemoteCandidate(mid, candidate.sdp());
      } catch (MediaException e) {
        // RFC 9725 §4.3.2: a candidate that cannot be used is no reason to fail.
        continue;
      }
    }
    return Viewer.TrickleOutcome.ACCEPTED;
  }
}
