package org.framecast.rtc;

/**
 * An offer or an answer.
 *
 * <p>The library writes CRLF and reads CRLF and LF. It trusts what it reads: an SDP from the
 * network is parsed and rebuilt before it comes here.
 */
public record SessionDescription(SdpType type, String sdp) {
  public SessionDescription {
    if (sdp.isBlank()) {
      throw new IllegalArgumentException("a session description has text");
    }
  }

  public static SessionDescription offer(String sdp) {
    return new SessionDescription(SdpType.OFFER, sdp);
  }

  public static SessionDescription answer(String sdp) {
    return new SessionDescription(SdpType.ANSWER, sdp);
  }
}
