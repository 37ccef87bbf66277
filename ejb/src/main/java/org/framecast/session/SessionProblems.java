package org.framecast.session;

import java.time.Duration;
import org.framecast.problem.Problem;

/** The refusals of sessions and tokens. */
public final class SessionProblems {
  private SessionProblems() {}

  public static Problem tokenMissing() {
    return Problem.of(
        "token-missing",
        401,
        "An access token is required",
        "Send the header Authorization: Bearer with the token that POST /session gave.");
  }

  /** Of a WebSocket's handshake, whose browser API knows no headers. */
  public static Problem tokenNotOffered() {
    return Problem.of(
        "token-missing",
        401,
        "An access token is required",
        "Offer one subprotocol access_token.<token> with the token that POST /session gave.");
  }

  static Problem accessHere() {
    return tokenWrong("This is an access token; PUT /session takes the refresh token.");
  }

  static Problem refreshHere() {
    return tokenWrong("This is a refresh token, which only PUT /session takes.");
  }

  private static Problem tokenWrong(String detail) {
    return Problem.of("token-wrong", 401, "The token is not known", detail);
  }

  public static Problem tokenWrong() {
    return tokenWrong(
        "It was never given out, has been exchanged for a new one, or its session has ended.");
  }

  public static Problem tokenExpired() {
    return Problem.of(
        "token-expired",
        401,
        "The token has expired",
        "Exchange the refresh token for a new pair by PUT /session.");
  }

  static Problem streamTaken() {
    return Problem.of(
        "stream-taken",
        409,
        "The stream's name is in use",
        "A session that was opened with this stream_secret lives; end it, or use another secret.");
  }

  static Problem tooManyOfAddress() {
    return Problem.of(
            "too-many-sessions",
            429,
            "Too many sessions",
            "This address has as many sessions as it may; end some, or wait until they expire.")
        .after(Duration.ofSeconds(30));
  }

  static Problem tooMany() {
    return Problem.of(
            "too-many-sessions", 429, "Too many sessions", "The server has all that it may have.")
        .after(Duration.ofSeconds(30));
  }
}
