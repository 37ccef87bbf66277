package org.framecast.conformance;

import static org.framecast.conformance.Check.require;
import static org.framecast.conformance.Level.MAY;
import static org.framecast.conformance.Level.MUST;
import static org.framecast.conformance.Level.SHOULD;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import org.framecast.conformance.Endpoint.Opened;
import org.framecast.conformance.Endpoint.Protocol;
import org.framecast.conformance.Endpoint.Reply;

/** Clauses 14 to 17: what WHEP alone asks. */
final class WhepChecks {
  private WhepChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("14a", MUST, "the answer is sendonly", WhepChecks::sendonly),
        new Check("14b", MUST, "a sendonly offer gets 422", e -> refused(e, "a=sendonly")),
        new Check("14c", MUST, "an inactive offer gets 422", e -> refused(e, "a=inactive")),
        new Check(
            "14d",
            MUST,
            "a sendrecv offer is fine",
            e -> {
              try (Opened session = e.open(usual().with("a=recvonly", "a=sendrecv").text())) {
                require(session.answer().section("video").has("sendonly"), "it is not sendonly");
              }
            }),
        new Check(
            "15",
            SHOULD,
            "HEAD on the endpoint answers 200 with Content-Type: application/sdp",
            e -> {
              Reply reply =
                  e.send(e.request(e.uri()).method("HEAD", BodyPublishers.noBody())).require(200);
              require(
                  reply.header("Content-Type").startsWith(Endpoint.SDP),
                  "Content-Type: " + reply.header("Content-Type"));
            }),
        new Check(
            "16a",
            MUST,
            "a known stream that nobody publishes gets 409 with Retry-After",
            WhepChecks::idle),
        new Check(
            "16b",
            MUST,
            "an unknown stream gets 404",
            e -> at(e, e.sibling("unknown-" + Long.toHexString(System.nanoTime()))).require(404)),
        new Check(
            "17",
            MAY,
            "an unusable offer gets 422, or a counter-offer by 406",
            e -> e.offer(usual().with("VP8/90000", "H261/90000").text()).require(422, 406)));
  }

  private static Offers usual() {
    return Offers.usual(Protocol.WHEP);
  }

  private static void sendonly(Endpoint endpoint) {
    try (Opened session = endpoint.open()) {
      List<Answer.Section> accepted = session.answer().accepted();
      require(!accepted.isEmpty(), "no section is accepted");
      accepted.forEach(s -> require(s.has("sendonly"), "a section of " + s.media() + " is not"));
    }
  }

  private static void refused(Endpoint endpoint, String direction) {
    endpoint.offer(usual().with("a=recvonly", direction).text()).require(422);
  }

  private static Reply at(Endpoint endpoint, URI uri) {
    return endpoint.send(
        endpoint
            .request(uri)
            .header("Content-Type", Endpoint.SDP)
            .POST(BodyPublishers.ofString(usual().text())));
  }

  private static void idle(Endpoint endpoint) {
    Optional<URI> idle = endpoint.idle();
    if (idle.isEmpty()) {
      throw new Check.NotApplicable("only with --idle URL");
    }
    Reply reply = at(endpoint, idle.get()).require(409);
    require(reply.header("Retry-After").matches("[0-9]+"), "no Retry-After");
  }
}
