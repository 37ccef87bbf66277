package org.framecast.web.signalling;

import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.framecast.problem.Problem;
import org.framecast.stream.webrtc.Viewer;
import org.framecast.stream.webrtc.sdp.TrickleFragment;
import org.framecast.web.security.BodyReader;
import org.jspecify.annotations.Nullable;

/** What the HTTP side of an offer, and of the session that it opens, must be like. */
public final class SignallingRules {
  /** The media type of offers and answers. */
  public static final String SDP = "application/sdp";

  /** The media type of candidates that come later. */
  public static final String FRAGMENT = "application/trickle-ice-sdpfrag";

  private static final int MAX_SDP_BYTES = 65_536;

  private SignallingRules() {}

  /**
   * The offer of a request.
   *
   * @throws org.framecast.problem.ProblemException with 415 or 413
   */
  public static String offer(@Nullable String contentType, InputStream body) {
    requireType(contentType, SDP);
    return text(body);
  }

  /**
   * The candidates of a request.
   *
   * @throws org.framecast.problem.ProblemException with 415, 428, 412, 413 or 400, in this order
   */
  public static TrickleFragment fragment(
      @Nullable String contentType, @Nullable String ifMatch, String etag, InputStream body) {
    requireType(contentType, FRAGMENT);
    requireMatch(ifMatch, etag);
    return switch (TrickleFragment.read(text(body))) {
      case TrickleFragment.Result.Malformed malformed -> throw fragmentMalformed().asException();
      case TrickleFragment.Result.Parsed(TrickleFragment fragment) -> fragment;
    };
  }

  private static String text(InputStream body) {
    return new String(BodyReader.read(body, MAX_SDP_BYTES), StandardCharsets.UTF_8);
  }

  /**
   * Holds a body to its type; parameters and case do not matter.
   *
   * @throws org.framecast.problem.ProblemException with 415
   */
  public static void requireType(@Nullable String contentType, String wanted) {
    String type =
        contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!type.equals(wanted)) {
      throw Problem.of(
              "media-type", 415, "Unsupported media type", "Only " + wanted + " is taken here.")
          .asException();
    }
  }

  /** A well-known player sends {@code *} on every PATCH. */
  private static void requireMatch(@Nullable String ifMatch, String etag) {
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

  private static Problem fragmentMalformed() {
    return Problem.of("sdp-malformed", 400, "The fragment is no SDP", "The body cannot be parsed.");
  }

  /**
   * The head of an answer to an offer.
   *
   * @param location of the session that the offer opened
   */
  public static Response.ResponseBuilder created(String location, String etag, String answer) {
    return Response.status(201)
        .header("Location", location)
        .header("ETag", etag)
        .header("Content-Type", SDP)
        .header("Cache-Control", "no-store")
        .entity(answer.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The answer to candidates that came later.
   *
   * @param gone what is said when the session is no more
   * @throws org.framecast.problem.ProblemException with 422 or what {@code gone} says
   */
  public static Response trickled(Viewer.TrickleOutcome outcome, Problem gone) {
    return switch (outcome) {
      case ACCEPTED -> Response.noContent().build();
      case RESTART_REFUSED -> throw restartRefused().asException();
      case GONE -> throw gone.asException();
    };
  }

  private static Problem restartRefused() {
    return Problem.of(
        "ice-restart", 422, "ICE restarts are not supported", "The session goes on as it is.");
  }

  /**
   * The answer to OPTIONS. It names no ICE servers: whoever asks has shown no token.
   *
   * @param acceptPost the media type that POST takes there
   */
  public static Response preflight(String acceptPost) {
    return Response.ok()
        .header("Accept-Post", acceptPost)
        .header("Access-Control-Allow-Methods", "GET, HEAD, POST, PATCH, DELETE, OPTIONS")
        .header("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match")
        .header("Access-Control-Max-Age", "600")
        .build();
  }
}
