package org.framecast.viewer;

import java.time.Duration;
import org.framecast.problem.Problem;
import org.framecast.session.Session;
import org.framecast.session.SessionProblems;
import org.framecast.stream.webrtc.NegotiationResult;

/** The refusals of viewers, and of negotiations of either direction. */
public final class ViewerProblems {
  private ViewerProblems() {}

  static Problem malformed() {
    return Problem.of("sdp-malformed", 400, "The offer is no SDP", "The body cannot be parsed.");
  }

  static Problem unusable(String reason) {
    return Problem.of("sdp-unusable", 422, "The offer cannot be answered", reason);
  }

  /** Why there is no answer. */
  public static Problem of(NegotiationResult.NoAnswer why) {
    return switch (why) {
      case NegotiationResult.Malformed malformed -> malformed();
      case NegotiationResult.Unusable(String reason) -> unusable(reason);
      case NegotiationResult.TimedOut timedOut -> timedOut();
      case NegotiationResult.StreamEnded ended -> failed();
      case NegotiationResult.Failed failure -> broken(failure.cause());
    };
  }

  /** A failure that is not the caller's, which is logged here. */
  public static Problem broken(Throwable cause) {
    ViewerMessages.LOG.negotiationFailed(cause);
    return failed();
  }

  static Problem timedOut() {
    return Problem.of(
            "negotiation-timeout",
            504,
            "The negotiation took too long",
            "No answer was ready in time; the peer connection is gone.")
        .after(Duration.ofSeconds(2));
  }

  /** There can be no peer connection now. */
  public static Problem failed() {
    return Problem.of(
            "negotiation-failed",
            503,
            "The negotiation failed",
            "The server could not make a peer connection.")
        .after(Duration.ofSeconds(5));
  }

  /** Why an answer comes too late: its caller may do nothing any more, or the server stops. */
  public static Problem lost(Session caller) {
    if (caller.isEnded()) {
      return SessionProblems.tokenWrong();
    }
    return caller.hasRights() ? failed() : SessionProblems.tokenExpired();
  }

  static Problem tooManyOfAddress() {
    return Problem.of(
            "too-many-viewers", 429, "Too many viewers", "This address has as many as it may.")
        .after(Duration.ofSeconds(10));
  }

  static Problem tooMany() {
    return Problem.of(
            "too-many-viewers", 503, "Too many viewers", "The server has as many as it may.")
        .after(Duration.ofSeconds(10));
  }

  static Problem tooManyPendingOfCaller() {
    return Problem.of(
            "too-many-offers",
            429,
            "Too many offers",
            "The caller has as many offers without a connection as it may.")
        .after(Duration.ofSeconds(2));
  }

  static Problem tooManyPending() {
    return Problem.of(
            "too-many-offers",
            503,
            "Too many offers",
            "The server has as many offers without a connection as it may.")
        .after(Duration.ofSeconds(2));
  }

  static Problem tooManySubscriptions() {
    return Problem.of(
            "too-many-subscriptions",
            429,
            "Too many subscriptions",
            "This viewer has as many subscriptions as it may.")
        .after(Duration.ofSeconds(10));
  }

  /** No such subscription, or no more. */
  public static Problem subscriptionUnknown() {
    return Problem.of(
        "subscription-unknown", 404, "Unknown subscription", "It never was, or has ended.");
  }

  /** No such session, or no more. */
  public static Problem sessionUnknown() {
    return Problem.of("whep-unknown", 404, "Unknown WHEP session", "It never was, or has ended.");
  }

  static Problem notOwner() {
    return Problem.of(
        "not-owner", 403, "Not the caller's", "Another session's token made this WHEP session.");
  }

  static Problem noPreview() {
    return Problem.of(
        "no-preview",
        409,
        "There is no picture in small",
        "The stream does not run, or it takes single images and gives each back to its sender.");
  }

  static Problem previewNotReady() {
    return Problem.of(
            "preview-not-ready",
            503,
            "The first picture has not come yet",
            "It is waited for from now on; ask again.")
        .after(Duration.ofSeconds(1));
  }

  static Problem tooManyPreviews() {
    return Problem.of(
            "too-many-previews",
            503,
            "Too many streams are looked at",
            "As many as may be are shown in small.")
        .after(Duration.ofSeconds(10));
  }

  /** The caller has no right to watch. */
  public static Problem mayNotView() {
    return Problem.of("may-not-view", 403, "Not allowed", "This token does not allow viewing.");
  }
}
