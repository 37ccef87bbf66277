package org.framecast.problem;

import java.time.Duration;
import java.util.Optional;

/**
 * One refusal as the caller sees it.
 *
 * @param code lower case, words joined by a hyphen; the last part of the problem's type URN
 * @param status the HTTP status
 * @param title what kind of refusal it is; the same for every problem of this code
 * @param detail what was wrong this time, in words made here: never the text of an exception
 * @param retryAfter when it makes sense to ask again
 * @param at the part of the request's body that is wrong, as a JSON pointer
 *     <p><b>Source:</b> RFC 9457
 */
public record Problem(
    String code,
    int status,
    String title,
    String detail,
    Optional<Duration> retryAfter,
    Optional<String> at) {
  /** What the type of every problem begins with. */
  public static final String TYPE_PREFIX = "urn:framecast:problem:";

  public Problem {
    if (status < 400 || status > 599 || !code.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException(code + " with status " + status);
    }
  }

  public static Problem of(String code, int status, String title, String detail) {
    return new Problem(code, status, title, detail, Optional.empty(), Optional.empty());
  }

  /** The same problem, saying when to ask again. */
  public Problem after(Duration wait) {
    return new Problem(code, status, title, detail, Optional.of(wait), at);
  }

  /** The same problem, saying which part of the body is wrong. */
  public Problem at(String pointer) {
    return new Problem(code, status, title, detail, retryAfter, Optional.of(pointer));
  }

  /** A JSON pointer to a part of the body: names of members and places in lists (RFC 6901). */
  public static String pointer(Object... steps) {
    StringBuilder pointer = new StringBuilder();
    for (Object step : steps) {
      pointer.append('/').append(step.toString().replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }

  /** The problem's type. */
  public String type() {
    return TYPE_PREFIX + code;
  }

  public ProblemException asException() {
    return new ProblemException(this);
  }
}
