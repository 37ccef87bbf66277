package org.framecast.stream.webrtc;

/** How the negotiation of a publisher's offer ended. */
public sealed interface WhipResult {
  /**
   * There is a publisher.
   *
   * @param answer complete, with every candidate, lines ended by CRLF
   */
  record Answered(String answer, PeerPublisher publisher) implements WhipResult {}

  /** There is none. */
  record Refused(NegotiationResult.NoAnswer why) implements WhipResult {}
}
