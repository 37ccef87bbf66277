package org.framecast.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Offers as clients make them, to be changed and printed.
 *
 * @param sections each begins with its {@code m=} line
 */
record Offers(String head, List<String> sections) {
  static final String UFRAG = "cOnF";
  static final String PASSWORD = "cOnFoRmAnCe0123456789ab";
  private static final String FINGERPRINT =
      "sha-256 19:E2:1C:3B:4B:9F:81:E6:B8:5C:F4:A5:A8:D8:73:04:BB:05:2F:70:9F:04:A9:0E:05:E9:26:33:E8:70:88:A2";
  private static final String TRANSPORT =
      """
      c=IN IP4 0.0.0.0
      a=ice-ufrag:%s
      a=ice-pwd:%s
      a=ice-options:trickle
      a=fingerprint:%s
      a=setup:actpass
      """
          .formatted(UFRAG, PASSWORD, FINGERPRINT);
  private static final String HEAD =
      """
      v=0
      o=- 4611731400430051336 2 IN IP4 127.0.0.1
      s=-
      t=0 0
      """;

  /** Two sections with these payload types; the direction suits the protocol. */
  private static Offers numbered(Endpoint.Protocol protocol, int video, int audio) {
    String media =
        switch (protocol) {
          case WHEP -> "a=recvonly\n";
          case WHIP -> "a=sendonly\na=msid:- %s\na=ssrc:%d cname:conformance\n";
        };
    return new Offers(
        HEAD,
        List.of(
            section("audio", "0", audio)
                + media.formatted("sound", 1001)
                + "a=rtpmap:%1$d opus/48000/2\na=fmtp:%1$d minptime=10;useinbandfec=1\n"
                    .formatted(audio),
            section("video", "1", video)
                + media.formatted("picture", 1002)
                + "a=rtpmap:%1$d VP8/90000\na=rtcp-fb:%1$d nack\na=rtcp-fb:%1$d nack pli\n"
                    .formatted(video)));
  }

  private static String section(String media, String mid, int payloadType) {
    return "m="
        + media
        + " 9 UDP/TLS/RTP/SAVPF "
        + payloadType
        + "\n"
        + TRANSPORT
        + "a=mid:"
        + mid
        + "\na=rtcp-mux\n";
  }

  /** VP8 96 and Opus 111, as Chromium numbers them. */
  static Offers usual(Endpoint.Protocol protocol) {
    return numbered(protocol, 96, 111);
  }

  /** VP8 120 and Opus 109, as Firefox numbers them. */
  static Offers firefox(Endpoint.Protocol protocol) {
    return numbered(protocol, 120, 109);
  }

  /** A section of a data channel. */
  static String dataChannel(String mid) {
    return "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\n"
        + TRANSPORT
        + "a=mid:"
        + mid
        + "\na=sctp-port:5000\n";
  }

  /** A section of a medium that nobody has heard of. */
  static String unknownSection(String mid) {
    return "m=hologram 9 UDP/TLS/RTP/SAVPF 99\n"
        + TRANSPORT
        + "a=mid:"
        + mid
        + "\na=recvonly\na=rtcp-mux\na=rtpmap:99 holo/90000\n";
  }

  /** Only these sections, in this order. */
  Offers of(String... chosen) {
    return new Offers(head, List.of(chosen));
  }

  /** One section more. */
  Offers and(String section) {
    List<String> all = new ArrayList<>(sections);
    all.add(section);
    return new Offers(head, all);
  }

  String audio() {
    return sections.get(0);
  }

  String video() {
    return sections.get(1);
  }

  /** The same with every such text replaced by another. */
  Offers with(String before, String after) {
    return new Offers(
        head, sections.stream().map(section -> section.replace(before, after)).toList());
  }

  /** The offer with CRLF. */
  String text() {
    return lines().replace("\n", "\r\n");
  }

  /** The offer with LF alone. */
  String lines() {
    List<String> mids =
        sections.stream().map(section -> section.replaceAll("(?s).*a=mid:(\\S+).*", "$1")).toList();
    return head + "a=group:BUNDLE " + String.join(" ", mids) + "\n" + String.join("", sections);
  }

  /** A fragment with one candidate of this connection. */
  static String fragment(String candidate) {
    return fragment(UFRAG, PASSWORD, candidate);
  }

  static String fragment(String ufrag, String password, String candidate) {
    return "a=ice-ufrag:%s\r\na=ice-pwd:%s\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=candidate:%s\r\n"
        .formatted(ufrag, password, candidate);
  }

  /** A candidate of a port where nobody listens. */
  static String candidate(String transport, String address) {
    return String.format(
        Locale.ROOT, "1 1 %s 2113937151 %s 9 typ host generation 0", transport, address);
  }
}
