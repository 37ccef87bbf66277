package org.framecast.live;

import java.time.Duration;
import org.framecast.problem.Problem;

/** The refusals of live streams. */
public final class LiveProblems {
  private LiveProblems() {}

  static Problem modeMissing() {
    return Problem.of(
        "mode-missing",
        400,
        "The mode is missing",
        "Offer one of the subprotocols image and video beside the token.");
  }

  static Problem modeUnknown() {
    return Problem.of(
        "mode-unknown",
        400,
        "The mode is not known",
        "Offer exactly one of the subprotocols image and video beside the token.");
  }

  static Problem generateNotBuilt() {
    return Problem.of(
        "mode-not-built",
        501,
        "The mode is not built yet",
        "This version takes the modes image and video.");
  }

  static Problem sourceRequired() {
    return Problem.of(
        "source-required",
        409,
        "A source image is required",
        "A chosen layer needs one: upload it by POST /assets and select it by PUT /session/state.");
  }

  static Problem alreadyPublishing() {
    return Problem.of(
        "already-publishing",
        409,
        "The session is publishing already",
        "Close the other connection first; a session has one publisher.");
  }

  /** Unknown, or not to be known by the caller. */
  public static Problem streamUnknown() {
    return Problem.of("stream-unknown", 404, "Unknown stream", "No stream has that name.");
  }

  /** What runs for everybody is nobody's to change. */
  static Problem ofServer() {
    return notOfDocument("It is the server's own: it runs while somebody watches it.");
  }

  static Problem ofSession() {
    return notOfDocument("It is the session's own: its publisher ends it, or DELETE /session.");
  }

  private static Problem notOfDocument(String detail) {
    return Problem.of("not-of-document", 403, "The stream was not made from a document", detail);
  }

  static Problem streamEnded() {
    return Problem.of(
        "stream-ended",
        409,
        "The stream has ended",
        "Its layers cannot be changed any more; POST /streams makes another.");
  }

  static Problem diskFull() {
    return Problem.of(
        "disk-full",
        507,
        "There is no room for recordings",
        "Less is free on the disk than framecast.recordings.min-free-bytes says.");
  }

  static Problem ownerFull() {
    return Problem.of(
        "owner-full",
        507,
        "The caller's files take as much room as they may",
        "Delete some: framecast.recordings.max-owner-bytes and max-owner-files say how much.");
  }

  /** Known, and nobody sends. */
  public static Problem notPublished() {
    return Problem.of(
            "not-published", 409, "Nobody publishes this stream", "Ask again in a moment.")
        .after(Duration.ofSeconds(2));
  }
}
