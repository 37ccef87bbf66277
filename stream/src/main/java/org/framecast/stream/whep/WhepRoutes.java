package org.framecast.stream.whep;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.framecast.stream.webrtc.NegotiationResult;
import org.framecast.stream.webrtc.Viewer;
import org.framecast.stream.webrtc.sdp.TrickleFragment;

/**
 * What is answered where: the page, the WHEP endpoint, the session of each viewer.
 *
 * <p><b>Source:</b> draft-ietf-wish-whep.
 */
final class WhepRoutes {
  private static final String SDP = "application/sdp";
  private static final String FRAGMENT = "application/trickle-ice-sdpfrag";
  private static final String SESSIONS = WhepServer.ENDPOINT + "/";
  private static final String SOON_SECONDS = "1";

  private final WhepSessions sessions;
  private final PageFiles files = PageFiles.load();

  WhepRoutes(WhepSessions sessions) {
    this.sessions = sessions;
  }

  void answer(WhepExchange exchange) throws IOException {
    exchange.with("Cache-Control", "no-store");
    if (!exchange.isOwn()) {
      exchange.refuse(403, "This is for pages of its own, under an address or localhost.");
    } else if (exchange.path().equals(WhepServer.ENDPOINT)) {
      endpoint(exchange);
    } else if (exchange.path().startsWith(SESSIONS)) {
      session(exchange, exchange.path().substring(SESSIONS.length()));
    } else {
      files.answer(exchange);
    }
  }

  private void endpoint(WhepExchange exchange) throws IOException {
    switch (exchange.method()) {
      case "POST" -> offer(exchange);
      case "OPTIONS" -> exchange.with("Accept-Post", SDP).answer(200);
      case "HEAD" -> exchange.with("Content-Type", SDP).answer(200);
      case "GET" -> exchange.answer(204);
      default -> notAllowed(exchange, "GET, HEAD, OPTIONS, POST");
    }
  }

  private static void notAllowed(WhepExchange exchange, String methods) throws IOException {
    exchange.with("Allow", methods).refuse(405, "Allowed: " + methods);
  }

  private void offer(WhepExchange exchange) throws IOException {
    if (!exchange.isOf(SDP)) {
      exchange.refuse(415, "Only " + SDP + " is taken here.");
      return;
    }
    Optional<String> offer = exchange.text();
    if (offer.isEmpty()) {
      tooLong(exchange);
      return;
    }
    switch (sessions.open(offer.get())) {
      case WhepSessions.Outcome.Opened opened -> created(exchange, opened);
      case WhepSessions.Outcome.Refused refused -> refuse(exchange, refused.why());
      case WhepSessions.Outcome.TooEarly early ->
          later(exchange, 409, "The stream has not begun yet.");
      case WhepSessions.Outcome.Full full ->
          later(exchange, 503, "There are as many viewers as there may be.");
    }
  }

  private static void tooLong(WhepExchange exchange) throws IOException {
    exchange.refuse(413, "At most " + WhepExchange.MAX_BODY_BYTES + " bytes are taken.");
  }

  private static void later(WhepExchange exchange, int status, String words) throws IOException {
    exchange.with("Retry-After", SOON_SECONDS).refuse(status, words);
  }

  private static void created(WhepExchange exchange, WhepSessions.Outcome.Opened opened)
      throws IOException {
    exchange
        .with("Location", SESSIONS + opened.secret())
        .with("ETag", etag(opened.secret()))
        .answer(201, SDP, opened.answer());
  }

  private static String etag(String secret) {
    return "\"" + Integer.toHexString(secret.hashCode()) + "\"";
  }

  private static void refuse(WhepExchange exchange, NegotiationResult.NoAnswer why)
      throws IOException {
    switch (why) {
      case NegotiationResult.Malformed malformed -> exchange.refuse(400, malformed.reason());
      case NegotiationResult.Unusable unusable -> exchange.refuse(422, unusable.reason());
      case NegotiationResult.TimedOut late -> later(exchange, 503, "The answer took too long.");
      case NegotiationResult.StreamEnded ended -> exchange.refuse(404, "The stream has ended.");
      case NegotiationResult.Failed failed -> later(exchange, 503, "There is no connection now.");
    }
  }

  private void session(WhepExchange exchange, String secret) throws IOException {
    Optional<Viewer> viewer = sessions.find(secret);
    if (viewer.isEmpty()) {
      exchange.refuse(404, "There is no such session.");
      return;
    }
    switch (exchange.method()) {
      case "DELETE" -> {
        viewer.get().close();
        exchange.answer(200);
      }
      case "PATCH" -> trickle(exchange, secret, viewer.get());
      case "GET" -> exchange.answer(204);
      default -> notAllowed(exchange, "DELETE, GET, PATCH");
    }
  }

  private static void trickle(WhepExchange exchange, String secret, Viewer viewer)
      throws IOException {
    if (!exchange.isOf(FRAGMENT)) {
      exchange.refuse(415, "Only " + FRAGMENT + " is taken here.");
      return;
    }
    Optional<String> match = exchange.header("If-Match");
    if (match.isEmpty()) {
      exchange.refuse(428, "Send the ETag of the answer.");
      return;
    }
    if (!matches(match.get(), etag(secret))) {
      exchange.refuse(412, "Send the ETag of the answer.");
      return;
    }
    Optional<String> text = exchange.text();
    if (text.isEmpty()) {
      tooLong(exchange);
      return;
    }
    switch (TrickleFragment.read(text.get())) {
      case TrickleFragment.Result.Malformed malformed -> exchange.refuse(400, malformed.reason());
      case TrickleFragment.Result.Parsed parsed -> take(exchange, viewer, parsed.fragment());
    }
  }

  /** A well-known player sends {@code *} on every PATCH. */
  private static boolean matches(String ifMatch, String etag) {
    return Arrays.stream(ifMatch.split(","))
        .map(String::strip)
        .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
  }

  private static void take(WhepExchange exchange, Viewer viewer, TrickleFragment fragment)
      throws IOException {
    switch (viewer.trickle(fragment)) {
      case ACCEPTED -> exchange.answer(204);
      case RESTART_REFUSED -> exchange.refuse(422, "The session goes on without an ICE restart.");
      case GONE -> exchange.refuse(404, "There is no such session.");
    }
  }
}
