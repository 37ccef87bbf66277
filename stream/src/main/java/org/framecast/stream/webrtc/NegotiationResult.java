package org.framecast.stream.webrtc;

import org.framecast.stream.media.MediaException;

/** How the negotiation of one offer ended. */
public sealed interface NegotiationResult {
  /**
   * There is a viewer.
   *
   * @param answer complete, with every candidate, lines ended by CRLF
   */
  record Answered(String answer, Viewer viewer) implements NegotiationResult {}

  /**
   * The offer is no SDP.
   *
   * @param reason words of ours, without any of the text
   */
  record Malformed(String reason) implements NegotiationResult {}

  /**
   * The offer is SDP that this stream cannot answer.
   *
   * @param reason words of ours, without any of the text
   */
  record Unusable(String reason) implements NegotiationResult {}

  /** The answer was not complete in time; the peer is closed. */
  record TimedOut() implements NegotiationResult {}

  /** The stream ended, or the server stops; the peer is closed. */
  record StreamEnded() implements NegotiationResult {}

  /** The transport failed; the peer is closed. */
  record Failed(MediaException cause) implements NegotiationResult {}
}
