package org.framecast.web.whep;

import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Locale;
import org.framecast.problem.Problem;
import org.jspecify.annotations.Nullable;

/** What WHEP asks of headers. */
final class WhepHeaders {
  private WhepHeaders() {}

  /** Parameters and case do not matter. */
  static void requireType(@Nullable String contentType, String wanted) {
    String type =
        contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!type.equals(wanted)) {
      throw Problem.of(
              "media-type", 415, "Unsupported media type", "Only " + wanted + " is taken here.")
          .asException();
    }
  }

  /** A well-known player sends {@code *} on every PATCH. */
  static void requireMatch(@Nullable String ifMatch, String etag) {
    if (ifMatch == null) {
      throw Problem.of(
              "if-match-missing", 428, "If-Match is missing", "Send the ETag of the answer.")
          .asException();
    }
    boolean matches =
        Arrays.stream(ifMatch.split(","))
            .map(String::strip)
            .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    if (!matches) {
      throw Problem.of(
              "if-match-differs", 412, "If-Match does not match", "Send the ETag of the answer.")
          .asException();
    }
  }

  static Problem fragmentMalformed() {
    return Problem.of("sdp-malformed", 400, "The fragment is no SDP", "The body cannot be parsed.");
  }

  static Problem restartRefused() {
    return Problem.of(
        "ice-restart", 422, "ICE restarts are not supported", "The session goes on as it is.");
  }

  static Response preflight() {
    return Response.ok()
        .header("Accept-Post", "application/sdp")
        .header("Access-Control-Allow-Methods", "GET, HEAD, POST, PATCH, DELETE, OPTIONS")
        .header("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match")
        .header("Access-Control-Max-Age", "600")
        .build();
  }
}
