package org.framecast.web.problem;

import java.time.Duration;
import org.framecast.problem.Problem;

/** What may be wrong with a body, whatever it says. */
public final class BodyProblems {
  private BodyProblems() {}

  /** It is larger than what is taken. */
  public static Problem tooLarge(int maxBytes) {
    return Problem.of(
        "body-too-large",
        413,
        "The body is too large",
        "At most " + maxBytes + " bytes are taken.");
  }

  /** It has not arrived in time. */
  public static Problem late(Duration limit) {
    return Problem.of(
        "body-late",
        408,
        "The body came too slowly",
        "A whole body is expected in " + limit.toMillis() + " ms.");
  }

  /** It comes in chunks, and something frames none. */
  public static Problem malformed() {
    return Problem.of(
        "body-malformed",
        400,
        "The body's chunks cannot be told apart",
        "A chunk begins with its size in hexadecimal digits and ends with a line's end.");
  }
}
