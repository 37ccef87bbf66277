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

  /** There is no answer, and no peer. */
  sealed interface NoAnswer extends NegotiationResult {}

  /**
   * The offer is no SDP.
   *
   * @param reason words of ours, without any of the text
   */
  record Malformed(String reason) implements NoAnswer {}

  /**
   * The offer is SDP that this stream cannot answer.
   *
   * @param reason words of ours, without any of the text
   */
  record Unusable(String reason) implements NoAnswer {}

  /** The answer was not complete in time; the peer is closed. */
  record TimedOut() implements NoAnswer {}

  /** The stream ended, or the server stops; the peer is closed. */
  record StreamEnded() implements NoAnswer {}

  /** The transport failed; the peer is closed. */
  record Failed(MediaException cause) implements NoAnswer {}
}
