package org.framecast.hls;

import java.time.Duration;
import org.framecast.problem.Problem;

/** The refusals of HLS. */
public final class HlsProblems {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(10);

  private HlsProblems() {}

  static Problem tooManyStreams() {
    return Problem.of(
            "too-many-hls-streams",
            503,
            "Too many streams are made into HLS",
            "The server makes as many at a time as it may.")
        .after(LATER);
  }

  static Problem tooManyWaiting() {
    return Problem.of(
            "too-many-waiting",
            503,
            "Too many requests wait",
            "As many as may be wait for what comes next.")
        .after(SOON);
  }

  static Problem tooManyWaitingOfAddress() {
    return Problem.of(
            "too-many-waiting",
            429,
            "Too many requests wait",
            "This address has as many that wait as it may.")
        .after(SOON);
  }

  static Problem notReady() {
    return Problem.of(
            "hls-not-ready", 503, "It is not there yet", "What was asked for did not come in time.")
        .after(SOON);
  }

  static Problem unknown() {
    return Problem.of(
        "hls-unknown", 404, "Unknown playlist or segment", "It never was, or is no more.");
  }

  static Problem tooFar() {
    return Problem.of(
        "hls-too-far",
        400,
        "That segment is too far ahead",
        "No playlist says that it comes next.");
  }

  /** The query does not say how far the playlist shall go. */
  public static Problem malformed() {
    return Problem.of(
        "hls-malformed",
        400,
        "The place in the playlist is malformed",
        "_HLS_msn and _HLS_part are whole numbers from 0, the second only with the first.");
  }
}
