package org.framecast.stream.webrtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.framecast.stream.media.Codec;
import org.framecast.stream.transport.MediaKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfferReaderTest {
  private final String chromium = Offers.chromium();

  @Test
  void takesThePayloadTypesOfTheOffer() {
    assertEquals(List.of(96, 111), payloadTypes(chromium));
    assertEquals(List.of(109, 120), payloadTypes(Offers.firefox()));
    assertEquals(
        List.of(35, 111), payloadTypes(chromium.replace("96 97", "35 97").replace(":96 ", ":35 ")));
  }

  @Test
  void readsCodecNamesWithoutRegardToCase() {
    String lower = chromium.replace("VP8/90000", "vp8/90000").replace("opus/", "OPUS/");
    assertEquals(List.of(96, 111), payloadTypes(lower));
  }

  @Test
  void doesNotMixUpPayloadTypesOfDifferentSections() {
    // 111 is VP8 in the video section and Opus in the audio section of an unbundled writer.
    String swapped =
        chromium
            .replace("a=rtpmap:96 VP8/90000", "a=rtpmap:96 rtx/90000")
            .replace("a=rtpmap:116 ulpfec/90000", "a=rtpmap:116 VP8/90000");
    assertEquals(List.of(116, 111), payloadTypes(swapped));
  }

  @Test
  void neverUsesAPayloadTypeThatLooksLikeRtcp() {
    String low = chromium.replace("96 97", "72 97").replace(":96 ", ":72 ");
    assertEquals("no video section with a codec of this stream", Offers.unusable(low));
  }

  @Test
  void keepsUsableCandidatesOnly() {
    List<String> addresses =
        Offers.usable(chromium).candidates().stream().map(IceCandidate::address).toList();
    assertEquals(List.of("192.0.2.17", "203.0.113.5"), addresses);
  }

  @Test
  void keepsFeedbackThatBothSidesKnow() {
    assertEquals(
        List.of("nack", "nack pli", "ccm fir", "goog-remb"),
        Offers.usable(chromium).accepted(MediaKind.VIDEO).orElseThrow().feedback());
    assertEquals(
        List.of("nack pli"),
        Offers.usable(chromium.replaceAll("a=rtcp-fb:96 (?!nack pli).*\r\n", ""))
            .accepted(MediaKind.VIDEO)
            .orElseThrow()
            .feedback());
  }

  @Test
  void acceptsLinesThatEndInLfAlone() {
    assertEquals(Offers.usable(chromium), Offers.usable(chromium.replace("\r\n", "\n")));
  }

  @Test
  void refusesSectionsOfOtherKindsAndSecondOnes() {
    String extra =
        chromium.replace("BUNDLE 0 1", "BUNDLE 0 1 2 3 4")
            + section(chromium, "video").replace("a=mid:0", "a=mid:2")
            + section(chromium, "video").replace("a=mid:0", "a=mid:3").replace("m=video", "m=text")
            + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:4\r\na=sctp-port:5000\r\n";
    List<PlannedSection> sections = Offers.usable(extra).sections();
    assertEquals(5, sections.size());
    assertInstanceOf(PlannedSection.Accepted.class, sections.get(0));
    assertInstanceOf(PlannedSection.Accepted.class, sections.get(1));
    for (PlannedSection section : sections.subList(2, 5)) {
      assertInstanceOf(PlannedSection.Rejected.class, section);
    }
  }

  @Test
  void refusesAudioThatSharesNoTransport() {
    Offer offer = Offers.usable(chromium.replace("a=group:BUNDLE 0 1\r\n", ""));
    assertEquals(List.of(96), offer.accepted().stream().map(a -> a.payloadType()).toList());
    assertEquals(Offer.Bundle.NONE, offer.bundle());
  }

  @Test
  void remembersTheCredentialsOfSectionsThatItRefuses() {
    String sound = section(chromium, "audio");
    Offer offer =
        Offers.usable(
            chromium
                .replace("a=group:BUNDLE 0 1\r\n", "")
                .replace(sound, sound.replace("Zk7+", "oThR")));
    assertEquals("Zk7+", offer.ice().own().ufrag());
    assertEquals(
        Set.of("Zk7+", "oThR"),
        offer.ice().all().stream().map(IceCredentials::ufrag).collect(Collectors.toSet()));
  }

  @Test
  void answersWithSoundAloneWhenTheViewerWantsNoPicture() {
    String audio =
        chromium.replace(section(chromium, "video"), "").replace("BUNDLE 0 1", "BUNDLE 1");
    assertEquals(List.of(111), payloadTypes(audio));
  }

  @Test
  void answersWithThePictureAloneWhenTheSoundHasNoCommonCodec() {
    assertEquals(List.of(96), payloadTypes(chromium.replace("opus/48000/2", "opus/48000")));
  }

  @Test
  void matchesH264ByProfileAndPacketization() {
    assertEquals(Optional.of(109), h264("42e01f", "1"));
    assertEquals(Optional.of(103), h264("420033", "1"));
    assertEquals(Optional.of(107), h264("42001f", "0"));
    assertEquals(Optional.empty(), h264("640c1f", "1"));
  }

  @Test
  void oneProfileHasSeveralSpellings() {
    // RFC 6184, table 5: all of them are Constrained Baseline.
    for (String id : List.of("42e01f", "42C033", "424020", "4d8029", "58c00a")) {
      assertEquals(Optional.of(109), h264(id, "1"), id);
    }
    assertEquals(Optional.of(103), h264("42a01f", "1"), "Baseline");
    assertEquals(Optional.empty(), h264("4d001f", "1"), "Main");
    assertEquals(Optional.empty(), h264("nonsense", "1"));
    assertEquals(Optional.empty(), h264("42e01f", "0"), "offered for mode 1 alone");
  }

  @Test
  void theOffersOrderDecidesAmongTheStreamsCodecs() {
    assertEquals(Codec.VP8, codec(chromium));
    assertEquals(Codec.H264, codec(chromium.replace(" 96 97 98 99 103", " 109 96 97 98 99 103")));
    assertEquals(Codec.AV1, codec(chromium.replace(" 96 97", " 45 96 97")));
    assertEquals(Codec.VP9, codec(chromium.replace(" 96 97 98", " 98")));
    assertInstanceOf(
        OfferResult.Unusable.class,
        OfferReader.read(
            chromium.replaceAll("(VP8|VP9|H264|AV1)/90000", "x-$1/90000"), Offers.FOUR_CODECS));
  }

  @Test
  void h264InAnotherModeOrProfileThanTheStreamsIsNotTaken() {
    String only = chromium.replace(" 96 97 98 99 103 107 109 45 114 116", " 109");
    assertEquals(Codec.H264, codec(only));
    for (String other :
        List.of(
            "level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f",
            "profile-level-id=42e01f",
            "packetization-mode=1;profile-level-id=640c1f",
            "packetization-mode=1;profile-level-id=4d001f",
            "packetization-mode=1")) {
      assertInstanceOf(
          OfferResult.Unusable.class,
          OfferReader.read(
              only.replaceAll("a=fmtp:109 .*", "a=fmtp:109 " + other), Offers.FOUR_CODECS),
          other);
    }
    assertEquals(
        Codec.H264,
        codec(
            only.replaceAll(
                "a=fmtp:109 .*", "a=fmtp:109 Profile-Level-Id=42C02A; Packetization-Mode=1")));
  }

  /** Numbers that browsers often use, or that the other section or another line gives a codec. */
  @Test
  void aNumberWithoutItsCodecInItsOwnSectionIsNoCodec() {
    String unnamed = chromium.replace("a=rtpmap:96 VP8/90000\r\n", "");
    assertEquals("no video section with a codec of this stream", Offers.unusable(unnamed));
    String elsewhere =
        unnamed.replace("a=rtpmap:111 opus", "a=rtpmap:96 VP8/90000\r\na=rtpmap:111 opus");
    assertEquals("no video section with a codec of this stream", Offers.unusable(elsewhere));
    String unlisted = chromium.replace(" 96 97 98", " 97 98");
    assertEquals("no video section with a codec of this stream", Offers.unusable(unlisted));
    String otherClock = chromium.replace("VP8/90000", "VP8/48000");
    assertEquals("no video section with a codec of this stream", Offers.unusable(otherClock));
    assertEquals(
        List.of(96), payloadTypes(chromium.replace("a=rtpmap:111 opus", "a=rtpmap:112 opus")));
    assertEquals(List.of(96), payloadTypes(chromium.replace("m=audio", "m=text")));
  }

  private static Codec codec(String offer) {
    OfferResult result = OfferReader.read(offer, Offers.FOUR_CODECS);
    return assertInstanceOf(OfferResult.Usable.class, result)
        .offer()
        .accepted(MediaKind.VIDEO)
        .orElseThrow()
        .format()
        .codec();
  }

  private Optional<Integer> h264(String profile, String mode) {
    MediaFormat format =
        new MediaFormat(
            Codec.H264, Map.of("profile-level-id", profile, "packetization-mode", mode));
    OfferResult result =
        OfferReader.read(chromium, new StreamFormats(List.of(format), Optional.empty()));
    return result instanceof OfferResult.Usable usable
        ? Optional.of(usable.offer().accepted().get(0).payloadType())
        : Optional.empty();
  }

  /** What is passed on costs nothing here; what is encoded for one viewer does. */
  @Test
  void theStreamsOwnCodecIsTakenWhereverItStandsInTheOffer() {
    assertEquals(Codec.VP8, chosen(chromium, StreamFormats.Choice.VIEWER));
    assertEquals(Codec.H264, chosen(chromium, StreamFormats.Choice.STREAM));
    String withoutH264 = chromium.replace("H264/90000", "H261/90000");
    assertEquals(Codec.VP8, chosen(withoutH264, StreamFormats.Choice.STREAM));
  }

  private static Codec chosen(String text, StreamFormats.Choice choice) {
    List<MediaFormat> video =
        List.of(
            new MediaFormat(
                Codec.H264, Map.of("profile-level-id", "42e01f", "packetization-mode", "1")),
            MediaFormat.of(Codec.VP9),
            MediaFormat.of(Codec.VP8));
    OfferResult result = OfferReader.read(text, new StreamFormats(video, Optional.empty(), choice));
    return ((OfferResult.Usable) result).offer().accepted().get(0).format().codec();
  }

  @Test
  void leavesTheClientRoleToTheOffererUnlessItRefuses() {
    for (String role : List.of("actpass", "active", "passive")) {
      String library =
          SdpWriter.libraryOffer(Offers.usable(chromium.replace("setup:actpass", "setup:" + role)));
      String told = role.equals("passive") ? "passive" : "active";
      assertEquals(2, library.split("a=setup:" + told + "\r\n", -1).length - 1, role);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sendonly", "inactive"})
  void anOfferThatDoesNotReceiveIsUnusable(String direction) {
    assertEquals(
        "a section does not want to receive",
        Offers.unusable(chromium.replace("a=recvonly", "a=" + direction)));
  }

  @Test
  void anOfferThatAlsoSendsIsFine() {
    assertEquals(2, Offers.usable(chromium.replace("a=recvonly", "a=sendrecv")).accepted().size());
    assertEquals(2, Offers.usable(chromium.replace("a=recvonly\r\n", "")).accepted().size());
  }

  @Test
  void whatLacksTransportIsUnusable() {
    assertEquals("no ICE credentials", Offers.unusable(chromium.replaceAll("a=ice-.*\r\n", "")));
    assertEquals(
        "no fingerprint by SHA-256 or better",
        Offers.unusable(chromium.replaceAll("a=fingerprint.*\r\n", "")));
    assertEquals(
        "setup:holdconn", Offers.unusable(chromium.replace("setup:actpass", "setup:holdconn")));
    assertEquals(
        "no video section with a codec of this stream",
        Offers.unusable(chromium.replace("a=rtcp-mux\r\n", "")));
    assertEquals(
        "no section with a codec of this stream",
        Offers.unusable("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=ice-ufrag:ab\r\n",
        "a=ice-ufrag:abc def\r\n",
        "a=ice-pwd:short\r\n",
        "a=fingerprint:sha-256 AB:CD\r\n",
        "a=fingerprint:sha-256 nonsense\r\n",
        "a=setup:maybe\r\n",
        "a=mid:a b\r\n",
        "a=mid:\r\n",
        "a=mid:1\r\n",
        "a=rtpmap:300 VP8/90000\r\n",
        "a=rtpmap:96\r\n",
        "a=candidate:1 1 udp\r\n",
        "a=candidate:1 1 udp 1 192.0.2.1 99999 typ host\r\n",
        "a=candidate:1 1 udp -1 192.0.2.1 9 typ host\r\n",
        "m=video\r\n",
        "m=video 9 UDP/TLS/RTP/SAVPF VP8\r\n",
        "m=video 70000 UDP/TLS/RTP/SAVPF 96\r\n",
        "A=b\r\n",
        "nonsense\r\n",
        "a=x\u0000y\r\n",
        "a=x\u007fy\r\n",
        "a=x\u00e9y\r\n",
        "\r\na=x\r\n",
      })
  void whatDoesNotParseIsMalformed(String line) {
    String first = section(chromium, "video");
    String text =
        line.startsWith("a=mid:1")
            ? chromium.replace("a=mid:0", "a=mid:1")
            : chromium.replace(first, first + line);
    assertFalse(Offers.malformed(text).isBlank());
  }

  @Test
  void whatIsNoSdpIsMalformed() {
    for (String text :
        List.of("", "\r\n", "hello", "v=0", "v=1\r\no=-\r\ns=-\r\nt=0 0\r\n", "{\"sdp\":1}")) {
      assertFalse(Offers.malformed(text).isBlank());
    }
  }

  @Test
  void readsWithinItsLimits() {
    assertTrue(Offers.malformed(chromium + "a=x\r\n".repeat(15_000)).contains("longer"));
    assertTrue(Offers.malformed(chromium + "a=x\r\n".repeat(2_000)).contains("lines"));
    assertTrue(Offers.malformed(chromium + "a=" + "x".repeat(5_000) + "\r\n").contains("too long"));
    assertTrue(
        Offers.malformed(chromium + "m=video 0 UDP/TLS/RTP/SAVPF 96\r\n".repeat(31))
            .contains("sections"));
    StringBuilder many = new StringBuilder(chromium);
    for (int i = 0; i < 500; i++) {
      many.append("a=candidate:1 1 udp 1 192.0.2.")
          .append(i % 250)
          .append(' ')
          .append(1_000 + i)
          .append(" typ host\r\n");
    }
    assertEquals(SdpLimits.MAX_USED_CANDIDATES, Offers.usable(many.toString()).candidates().size());
  }

  @Test
  void readsManyEmptyLinesInNoTime() {
    ThreadMXBean work = ManagementFactory.getThreadMXBean();
    long start = work.getCurrentThreadCpuTime();
    OfferReader.read("\n".repeat(60_000), Offers.VP8_AND_OPUS);
    OfferReader.read(chromium + "\n".repeat(50_000), Offers.VP8_AND_OPUS);
    assertTrue(work.getCurrentThreadCpuTime() - start < 500_000_000L);
  }

  private static List<Integer> payloadTypes(String text) {
    return Offers.usable(text).accepted().stream()
        .map(PlannedSection.Accepted::payloadType)
        .toList();
  }

  /** The section of that kind, from its {@code m=} line to the next. */
  static String section(String text, String media) {
    int start = text.indexOf("m=" + media);
    int end = text.indexOf("m=", start + 2);
    return text.substring(start, end < 0 ? text.length() : end);
  }
}
