package org.framecast.publish;

import org.framecast.problem.Problem;

/** The refusals of publishers. */
public final class PublishProblems {
  private PublishProblems() {}

  static Problem mayNotPublish() {
    return Problem.of(
        "may-not-publish", 403, "Not allowed", "This token does not allow sending that stream.");
  }

  /** No such session, or no more. */
  public static Problem sessionUnknown() {
    return Problem.of("whip-unknown", 404, "Unknown WHIP session", "It never was, or has ended.");
  }
}
