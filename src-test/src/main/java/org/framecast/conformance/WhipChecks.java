package org.framecast.conformance;

import static org.framecast.conformance.Check.require;
import static org.framecast.conformance.Level.MUST;

import java.util.List;
import org.framecast.conformance.Endpoint.Opened;
import org.framecast.conformance.Endpoint.Protocol;

/** Clause 19: what WHIP alone asks. */
final class WhipChecks {
  private WhipChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "19a",
            MUST,
            "the answer is recvonly",
            SessionChecks.inSession(
                session ->
                    session
                        .answer()
                        .accepted()
                        .forEach(s -> require(s.has("recvonly"), s.media() + " is not")))),
        new Check("19b", MUST, "a recvonly offer gets 422", e -> refused(e, "a=recvonly")),
        new Check("19c", MUST, "an inactive offer gets 422", e -> refused(e, "a=inactive")),
        new Check(
            "19d",
            MUST,
            "two video tracks get 422",
            e -> e.offer(usual().and(second(usual().video())).text()).require(422)),
        new Check(
            "19e",
            MUST,
            "two audio tracks get 422",
            e -> e.offer(usual().and(second(usual().audio())).text()).require(422)),
        new Check(
            "19f",
            MUST,
            "a second publisher gets 409",
            e -> {
              try (Opened session = e.open()) {
                e.offer(usual().text()).require(409);
                session.get().requireSuccess();
              }
            }));
  }

  private static Offers usual() {
    return Offers.usual(Protocol.WHIP);
  }

  private static String second(String section) {
    return section.replaceAll("a=mid:\\S+", "a=mid:2").replaceAll("a=ssrc:\\d+", "a=ssrc:1003");
  }

  private static void refused(Endpoint endpoint, String direction) {
    endpoint.offer(usual().with("a=sendonly", direction).text()).require(422);
  }
}
