package org.framecast.rtc;

import static org.framecast.rtc.Eventually.eventually;

import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.SocketException;

/** Offer and answer between two peers of this process. */
final class Loopback {
  static final int VIDEO = 96;

  private Loopback() {}

  static PeerConfiguration configuration() {
    return PeerConfiguration.standard().withBindAddress("127.0.0.1");
  }

  /** A VP8 section: {@code direction} is sendonly, recvonly or sendrecv. */
  static String video(String mid, String direction, int ssrc) {
    return String.join(
        "\r\n",
        "m=video 9 UDP/TLS/RTP/SAVPF " + VIDEO,
        "a=mid:" + mid,
        "a=" + direction,
        "a=rtpmap:" + VIDEO + " VP8/90000",
        "a=rtcp-fb:" + VIDEO + " nack",
        "a=rtcp-fb:" + VIDEO + " nack pli",
        "a=rtcp-fb:" + VIDEO + " goog-remb",
        "a=ssrc:" + Integer.toUnsignedString(ssrc) + " cname:test",
        "");
  }

  /** The offer is complete, its answerer will be the DTLS server. */
  static void connect(PeerConnection offerer, PeerConnection answerer) {
    negotiate(offerer, answerer);
    eventually("both connected", () -> isConnected(offerer) && isConnected(answerer));
    eventually(
        "tracks open",
        () ->
            offerer.tracks().stream().allMatch(Track::isOpen)
                && answerer.tracks().stream().allMatch(Track::isOpen));
  }

  static void negotiate(PeerConnection offerer, PeerConnection answerer) {
    offerer.setLocalDescription(SdpType.OFFER);
    String offer = gathered(offerer).replace("a=setup:actpass", "a=setup:active");
    answerer.setRemoteDescription(SessionDescription.offer(offer));
    answerer.setLocalDescription(SdpType.ANSWER);
    offerer.setRemoteDescription(SessionDescription.answer(gathered(answerer)));
  }

  static String gathered(PeerConnection peer) {
    eventually("gathered", () -> peer.gatheringState() == GatheringState.COMPLETE);
    return peer.localDescription().orElseThrow().sdp();
  }

  /** A port that nothing has at the moment. */
  static int freePort() {
    try (DatagramSocket socket = new DatagramSocket()) {
      return socket.getLocalPort();
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isConnected(PeerConnection peer) {
    return peer.state() == PeerState.CONNECTED;
  }
}
