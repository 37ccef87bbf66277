package org.framecast.conformance;

import static org.framecast.conformance.Check.require;
import static org.framecast.conformance.Level.MUST;

import java.util.List;
import java.util.function.Function;
import org.framecast.conformance.Endpoint.Opened;

/** Clause 20: offers as they are in the real world. */
final class RobustChecks {
  private RobustChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "20a",
            MUST,
            "Chromium's VP8 96 and Opus 111 are answered with these numbers",
            e -> numbers(e, Offers.usual(e.protocol()), "96", "111")),
        new Check(
            "20b",
            MUST,
            "Firefox's VP8 120 and Opus 109 are answered with these numbers",
            e -> numbers(e, Offers.firefox(e.protocol()), "120", "109")),
        new Check(
            "20c",
            MUST,
            "an offer with LF alone is accepted, and the answer has CRLF",
            e -> {
              try (Opened session = e.open(Offers.usual(e.protocol()).lines())) {
                String text = session.created().body();
                require(
                    text.endsWith("\r\n") && !text.replace("\r\n", "").contains("\n"),
                    "the answer's lines do not all end with CRLF");
              }
            }),
        accepted(
            "20d", "codec names in any case", o -> o.with("VP8/", "vp8/").with("opus/", "OPUS/")),
        new Check(
            "20e",
            MUST,
            "a data channel is rejected with port 0 and disturbs nothing",
            e -> rejects(e, Offers.dataChannel("9"), "application")),
        new Check(
            "20f",
            MUST,
            "an unknown section is rejected with port 0 and disturbs nothing",
            e -> rejects(e, Offers.unknownSection("9"), "hologram")),
        accepted(
            "20g",
            "RTX and FEC beside the codec",
            o ->
                o.with(
                        "a=rtpmap:96 VP8/90000\n",
                        """
                        a=rtpmap:96 VP8/90000
                        a=rtpmap:97 rtx/90000
                        a=fmtp:97 apt=96
                        a=rtpmap:98 red/90000
                        a=rtpmap:99 ulpfec/90000
                        a=rtpmap:100 flexfec-03/90000
                        a=fmtp:100 repair-window=10000000
                        """)
                    .with("SAVPF 96\n", "SAVPF 96 97 98 99 100\n")),
        accepted("20h", "candidates of a hidden host (mDNS)", o -> candidate(o, "f00d.local")),
        accepted("20i", "candidates of IPv6", o -> candidate(o, "2001:db8::7")),
        accepted("20j", "an offer without candidates", o -> o),
        accepted("20k", "setup:active", o -> o.with("a=setup:actpass", "a=setup:active")),
        accepted("20l", "setup:passive", o -> o.with("a=setup:actpass", "a=setup:passive")),
        new Check(
            "20m",
            MUST,
            "an H264 profile that is not there is never answered by another number",
            e -> {
              Offers other =
                  Offers.usual(e.protocol())
                      .with(
                          "a=rtpmap:96 VP8/90000\n",
                          "a=rtpmap:96 H264/90000\na=fmtp:96"
                              + " profile-level-id=f4001f;packetization-mode=1\n");
              e.offer(other.text()).require(422, 406);
            }));
  }

  private static Check accepted(String clause, String what, Function<Offers, Offers> change) {
    return new Check(
        clause,
        MUST,
        "accepted: " + what,
        e -> {
          try (Opened session = e.open(change.apply(Offers.usual(e.protocol())).text())) {
            session.answer().section("video");
            session.answer().section("audio");
          }
        });
  }

  private static Offers candidate(Offers offer, String address) {
    return offer.with(
        "a=rtcp-mux\n", "a=rtcp-mux\na=candidate:" + Offers.candidate("udp", address) + "\n");
  }

  private static void numbers(Endpoint endpoint, Offers offer, String video, String audio) {
    try (Opened session = endpoint.open(offer.text())) {
      Answer answer = session.answer();
      require(answer.section("video").formats().contains(video), "video has another number");
      require(answer.section("audio").formats().contains(audio), "audio has another number");
    }
  }

  private static void rejects(Endpoint endpoint, String section, String media) {
    try (Opened session = endpoint.open(Offers.usual(endpoint.protocol()).and(section).text())) {
      Answer answer = session.answer();
      answer.section("video");
      answer.section("audio");
      Answer.Section last = answer.sections().getLast();
      require(answer.sections().size() == 3, "the answer has another number of sections");
      require(last.media().equals(media) && last.port() == 0, "the section is not rejected");
    }
  }
}
