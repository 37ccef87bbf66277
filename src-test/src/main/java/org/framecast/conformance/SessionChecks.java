package org.framecast.conformance;

import static org.framecast.conformance.Check.require;
import static org.framecast.conformance.Level.MUST;

import java.util.List;
import java.util.Optional;
import org.framecast.conformance.Endpoint.Opened;
import org.framecast.conformance.Endpoint.Reply;

/** Clauses 5 to 9 and 13: candidates, tags, the answer, and consent. */
final class SessionChecks {
  private static final String USABLE = Offers.candidate("udp", "192.0.2.1");

  private SessionChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "5c",
            MUST,
            "DELETE ends ICE: the peer has no consent any more",
            SessionChecks::revoked),
        new Check(
            "6a",
            MUST,
            "PATCH with candidates answers 204 without body or ETag",
            inSession(
                s -> {
                  Reply reply = s.patch(Endpoint.FRAGMENT, Offers.fragment(USABLE)).require(204);
                  require(reply.body().isEmpty(), "there is a body");
                  require(reply.header("ETag").isEmpty(), "there is an ETag");
                })),
        new Check(
            "6b",
            MUST,
            "candidates that cannot be used are dropped silently",
            inSession(
                s -> {
                  for (String candidate :
                      List.of(
                          Offers.candidate("udp", "7c9d4e4a-0c5b-4a0d-8a1f-1d2c3b4a5f6e.local"),
                          Offers.candidate("tcp", "192.0.2.1"),
                          Offers.candidate("udp", "224.0.0.1"))) {
                    s.patch(Endpoint.FRAGMENT, Offers.fragment(candidate)).require(204);
                  }
                })),
        new Check(
            "6c",
            MUST,
            "PATCH of another content type gets 415",
            inSession(s -> s.patch("text/plain", Offers.fragment(USABLE)).require(415))),
        new Check(
            "6d",
            MUST,
            "PATCH of a malformed fragment gets 400",
            inSession(s -> s.patch(Endpoint.FRAGMENT, "this is no fragment").require(400))),
        new Check(
            "7a",
            MUST,
            "an ICE restart gets 422, and the session lives on",
            inSession(
                s -> {
                  s.patch(
                          Endpoint.FRAGMENT,
                          Offers.fragment("nEwU", "aNoThErPaSsWoRd0123456", USABLE))
                      .require(422);
                  s.get().requireSuccess();
                })),
        new Check(
            "7b",
            MUST,
            "If-Match: * alone is no restart",
            inSession(
                s ->
                    s.patch(Endpoint.FRAGMENT, Optional.of("*"), Offers.fragment(USABLE))
                        .require(204))),
        new Check(
            "8a",
            MUST,
            "the 201 has a strong, quoted ETag",
            inSession(
                s -> require(s.etag().matches("\"[^\"]+\""), "the ETag is [" + s.etag() + "]"))),
        new Check(
            "8b",
            MUST,
            "PATCH without If-Match gets 428",
            inSession(
                s ->
                    s.patch(Endpoint.FRAGMENT, Optional.empty(), Offers.fragment(USABLE))
                        .require(428))),
        new Check(
            "8c",
            MUST,
            "PATCH with another If-Match gets 412",
            inSession(
                s ->
                    s.patch(Endpoint.FRAGMENT, Optional.of("\"other\""), Offers.fragment(USABLE))
                        .require(412))),
        new Check(
            "9a",
            MUST,
            "the answer holds candidates",
            inSession(s -> require(!s.answer().candidates().isEmpty(), "there is none"))),
        new Check(
            "9b",
            MUST,
            "the answer bundles, with rtcp-mux and rtcp-mux-only in each bundled section",
            inSession(s -> bundled(s.answer()))),
        new Check("9c", MUST, "one stream for all sections, by msid", SessionChecks::oneStream),
        new Check(
            "9d",
            MUST,
            "the answer has one setup role, active or passive",
            inSession(
                s ->
                    s.answer().accepted().stream()
                        .map(section -> section.value("setup").orElse(""))
                        .forEach(
                            setup ->
                                require(
                                    setup.equals("active") || setup.equals("passive"),
                                    "setup:" + setup)))),
        new Check("13a", MUST, "the server's ICE agent gives consent", SessionChecks::consented));
  }

  /** A check of one session that is closed after it. */
  static Check.Probe inSession(java.util.function.Consumer<Opened> probe) {
    return endpoint -> {
      try (Opened session = endpoint.open()) {
        probe.accept(session);
      }
    };
  }

  private static void bundled(Answer answer) {
    String group = answer.value("group").orElse("");
    for (Answer.Section section : answer.accepted()) {
      String mid = section.value("mid").orElseThrow(() -> new Check.Departure("no mid"));
      require(
          group.startsWith("BUNDLE ") && List.of(group.split(" ")).contains(mid),
          "section " + mid + " is not in the bundle");
      require(section.has("rtcp-mux"), "section " + mid + " has no rtcp-mux");
      require(section.has("rtcp-mux-only"), "section " + mid + " has no rtcp-mux-only");
    }
  }

  private static void oneStream(Endpoint endpoint) {
    if (endpoint.protocol() == Endpoint.Protocol.WHIP) {
      throw new Check.NotApplicable("a WHIP answer sends nothing");
    }
    try (Opened session = endpoint.open()) {
      List<String> streams =
          session.answer().accepted().stream()
              .map(
                  section ->
                      section
                          .value("msid")
                          .orElseThrow(() -> new Check.Departure("a section has no msid")))
              .map(msid -> msid.split(" ")[0])
              .distinct()
              .toList();
      require(streams.size() == 1, streams.size() + " streams");
    }
  }

  private static void consented(Endpoint endpoint) {
    try (Opened session = endpoint.open()) {
      require(StunProbe.of(session.answer()).hasConsent(10), "no candidate answers");
    }
  }

  private static void revoked(Endpoint endpoint) {
    try (Opened session = endpoint.open()) {
      StunProbe probe = StunProbe.of(session.answer());
      if (!probe.hasConsent(10)) {
        throw new Check.NotApplicable("no candidate answers before it either");
      }
      session.delete().requireSuccess();
      require(!probe.hasConsent(5), "a candidate still answers");
    }
  }
}
