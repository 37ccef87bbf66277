package org.framecast.stream.webrtc.sdp;

/** What an offer turned out to be. */
public sealed interface OfferResult {
  /** It can be answered. */
  record Usable(Offer offer) implements OfferResult {}

  /**
   * It is no SDP.
   *
   * @param reason words of ours, without any of the text
   */
  record Malformed(String reason) implements OfferResult {}

  /**
   * It is SDP, and this stream cannot answer it.
   *
   * @param reason words of ours, without any of the text
   */
  record Unusable(String reason) implements OfferResult {}
}
