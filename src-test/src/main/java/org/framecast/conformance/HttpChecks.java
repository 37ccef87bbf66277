package org.framecast.conformance;

import static org.framecast.conformance.Check.require;
import static org.framecast.conformance.Level.MAY;
import static org.framecast.conformance.Level.MUST;
import static org.framecast.conformance.Level.SHOULD;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.framecast.conformance.Endpoint.Opened;
import org.framecast.conformance.Endpoint.Reply;

/** Clauses 1 to 5 and 10 to 12: what both protocols ask of HTTP. */
final class HttpChecks {
  private static final String ORIGIN = "https://player.example";

  private HttpChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "1a",
            MUST,
            "POST of an offer answers 201 with an application/sdp answer and a Location",
            HttpChecks::created),
        new Check(
            "1b",
            MUST,
            "the type may have parameters and any case",
            e -> e.post("Application/SDP; charset=UTF-8", "no SDP").require(400)),
        new Check(
            "2a",
            MUST,
            "another content type gets 415",
            e -> e.post("text/plain", "v=0").require(415)),
        new Check(
            "2b",
            MUST,
            "malformed SDP gets 400",
            e -> e.post(Endpoint.SDP, "this is no SDP").require(400)),
        new Check(
            "2c",
            MUST,
            "an offer without a codec in common gets 422",
            e ->
                e.offer(
                        usual(e)
                            .with("VP8/90000", "H261/90000")
                            .with("opus/48000/2", "GSM/8000")
                            .text())
                    .require(422)),
        new Check(
            "2d",
            MUST,
            "a body over 64 KiB gets 413",
            e -> e.offer(usual(e).text() + "a=x:y\r\n".repeat(10_000)).require(413)),
        new Check(
            "3a",
            MUST,
            "GET on the endpoint answers 2xx without content",
            e -> empty(e.send(e.request(e.uri()).GET()))),
        new Check(
            "3b", MUST, "GET on the session answers 2xx without content", HttpChecks::getSession),
        new Check(
            "4a",
            MUST,
            "OPTIONS works without authorization, on endpoint and session",
            HttpChecks::optionsAnonymous),
        new Check(
            "4b",
            SHOULD,
            "OPTIONS answers 200 with Accept-Post: application/sdp",
            e ->
                require(
                    preflight(e).require(200).words("Accept-Post").contains(Endpoint.SDP),
                    "no Accept-Post: application/sdp")),
        new Check(
            "4c",
            MUST,
            "a preflight names no ICE servers",
            e ->
                require(
                    preflight(e).headers("Link").stream().noneMatch(l -> l.contains("ice-server")),
                    "the preflight names an ICE server")),
        new Check(
            "4d",
            MUST,
            "a preflight allows Authorization, Content-Type and If-Match",
            e ->
                require(
                    preflight(e)
                        .words("Access-Control-Allow-Headers")
                        .containsAll(List.of("authorization", "content-type", "if-match")),
                    "Access-Control-Allow-Headers lacks one")),
        new Check("4e", MUST, "the 201 exposes ETag, Location and Link", HttpChecks::exposed),
        new Check(
            "5a", MUST, "DELETE ends the session; a second one gets 404", HttpChecks::deleted),
        new Check(
            "5b",
            MUST,
            "DELETE ignores If-Match",
            e -> {
              try (Opened session = e.open()) {
                e.send(session.request().header("If-Match", "\"other\"").DELETE()).requireSuccess();
              }
            }),
        new Check(
            "10a",
            MUST,
            "no token and a wrong token get 401 with WWW-Authenticate",
            HttpChecks::unauthorized),
        new Check(
            "10b", MUST, "PATCH and DELETE want the token too", HttpChecks::sessionUnauthorized),
        new Check("10c", MUST, "session URLs hold 128 random bits", HttpChecks::unguessable),
        new Check(
            "11", MAY, "the 201 names ICE servers as the standard writes them", HttpChecks::links),
        new Check(
            "12", SHOULD, "too many offers get 429 or 503 with Retry-After", HttpChecks::flooded));
  }

  private static Offers usual(Endpoint endpoint) {
    return Offers.usual(endpoint.protocol());
  }

  private static void created(Endpoint endpoint) {
    try (Opened session = endpoint.open()) {
      String type = session.created().header("Content-Type");
      require(
          type.toLowerCase(java.util.Locale.ROOT).startsWith(Endpoint.SDP),
          "the answer is " + type);
      session.answer();
    }
  }

  private static void empty(Reply reply) {
    reply.requireSuccess();
    require(reply.body().isEmpty(), "there is a body");
  }

  private static void getSession(Endpoint endpoint) {
    try (Opened session = endpoint.open()) {
      empty(session.get());
    }
  }

  private static Reply preflight(Endpoint endpoint) {
    return preflight(endpoint, endpoint.uri());
  }

  private static Reply preflight(Endpoint endpoint, java.net.URI uri) {
    return endpoint
        .send(
            Endpoint.anonymous(uri)
                .header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .method("OPTIONS", BodyPublishers.noBody()))
        .requireSuccess();
  }

  private static void optionsAnonymous(Endpoint endpoint) {
    preflight(endpoint);
    try (Opened session = endpoint.open()) {
      preflight(endpoint, session.session());
    }
  }

  private static void exposed(Endpoint endpoint) {
    Reply created =
        endpoint.send(
            endpoint
                .request(endpoint.uri())
                .header("Origin", ORIGIN)
                .header("Content-Type", Endpoint.SDP)
                .POST(BodyPublishers.ofString(usual(endpoint).text())));
    try (Opened session =
        new Opened(
            endpoint, endpoint.uri().resolve(created.header("Location")), created.require(201))) {
      List<String> words = session.created().words("Access-Control-Expose-Headers");
      require(
          words.contains("*") || words.containsAll(List.of("etag", "location", "link")),
          "Access-Control-Expose-Headers lacks one");
    }
  }

  private static void deleted(Endpoint endpoint) {
    try (Opened session = endpoint.open()) {
      session.delete().requireSuccess();
      session.delete().require(404);
    }
  }

  private static void needToken(Endpoint endpoint) {
    if (endpoint.token().isEmpty()) {
      throw new Check.NotApplicable("no --token was given");
    }
  }

  private static void challenged(Reply reply) {
    reply.require(401);
    require(!reply.header("WWW-Authenticate").isEmpty(), "the 401 has no WWW-Authenticate");
  }

  private static void unauthorized(Endpoint endpoint) {
    needToken(endpoint);
    for (String token : List.of("", "Bearer wrong")) {
      var request = Endpoint.anonymous(endpoint.uri()).header("Content-Type", Endpoint.SDP);
      if (!token.isEmpty()) {
        request.header("Authorization", token);
      }
      challenged(endpoint.send(request.POST(BodyPublishers.ofString(usual(endpoint).text()))));
    }
  }

  private static void sessionUnauthorized(Endpoint endpoint) {
    needToken(endpoint);
    try (Opened session = endpoint.open()) {
      challenged(endpoint.send(Endpoint.anonymous(session.session()).DELETE()));
      challenged(
          endpoint.send(
              Endpoint.anonymous(session.session())
                  .header("Content-Type", Endpoint.FRAGMENT)
                  .header("If-Match", "*")
                  .method("PATCH", BodyPublishers.ofString("x"))));
      session.get().requireSuccess();
    }
  }

  private static void unguessable(Endpoint endpoint) {
    String one;
    try (Opened session = endpoint.open()) {
      one = session.session().getPath();
    }
    try (Opened session = endpoint.open()) {
      String other = session.session().getPath();
      require(!one.equals(other), "two sessions have one URL");
      String secret = other.substring(other.lastIndexOf('/') + 1);
      // 128 bits are 22 characters of base64 and 32 of hexadecimal.
      int wanted = secret.replace("-", "").matches("[0-9a-fA-F]+") ? 32 : 22;
      require(
          secret.replace("-", "").length() >= wanted,
          "the last part of the URL has " + secret.length() + " characters");
    }
  }

  private static void links(Endpoint endpoint) {
    try (Opened session = endpoint.open()) {
      List<String> links =
          session.created().headers("Link").stream().filter(l -> l.contains("ice-server")).toList();
      if (links.isEmpty()) {
        throw new Check.NotApplicable("the server names no ICE servers");
      }
      for (String link : links) {
        require(
            link.matches("<(stuns?:[^>]+)>; *rel=\"?ice-server\"?.*")
                || link.matches(
                    "<(turns?:[^>]+)>; *rel=\"?ice-server\"?; *username=\"[^\"]+\"; *credential=\"[^\"]+\"; *credential-type=\"password\""),
            "a Link is not written as the standard has it");
      }
    }
  }

  private static void flooded(Endpoint endpoint) {
    if (endpoint.flood() == 0) {
      throw new Check.NotApplicable("only with --flood N");
    }
    for (int i = 0; i < endpoint.flood(); i++) {
      Reply reply = endpoint.post(Endpoint.SDP, "no SDP");
      if (reply.status() == 429 || reply.status() == 503) {
        require(reply.header("Retry-After").matches("[1-9][0-9]*"), "no Retry-After");
        return;
      }
    }
    throw new Check.Departure(endpoint.flood() + " offers were all taken");
  }
}
