package org.framecast.stream.webrtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.framecast.stream.media.Codec;
import org.framecast.stream.transport.MediaKind;
import org.junit.jupiter.api.Test;

/** What is taken of a publisher's offer. */
class PublisherOfferTest {
  private static final Set<Codec> ALL = EnumSet.allOf(Codec.class);

  private static String section(String media, String... lines) {
    return "m="
        + media
        + "\r\nc=IN IP4 0.0.0.0\r\na=sendonly\r\na=rtcp-mux\r\n"
        + String.join("\r\n", lines)
        + "\r\n";
  }

  private static String video(String types, String... lines) {
    return section("video 9 UDP/TLS/RTP/SAVPF " + types, lines) + "a=mid:0\r\na=ssrc:5 cname:x\r\n";
  }

  private static final String AUDIO =
      section("audio 9 UDP/TLS/RTP/SAVPF 111", "a=rtpmap:111 opus/48000/2")
          + "a=mid:1\r\na=ssrc:6 cname:x\r\n";

  private static String offer(String... sections) {
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n"
        + "a=ice-ufrag:aB3d\r\na=ice-pwd:asd88fgpdd777uzjYhagZg5x\r\na=setup:actpass\r\n"
        + "a=fingerprint:sha-256 "
        + "AB:".repeat(31)
        + "CD\r\n"
        + String.join("", sections);
  }

  private static Offer usable(String text) {
    return assertInstanceOf(OfferResult.Usable.class, OfferReader.readPublisher(text, ALL)).offer();
  }

  private static void refused(String text) {
    assertInstanceOf(OfferResult.Unusable.class, OfferReader.readPublisher(text, ALL));
  }

  @Test
  void thePublishersFirstCodecThatCanBeDecodedIsTaken() {
    Offer offer =
        usable(
            offer(
                video(
                    "98 97 96",
                    "a=rtpmap:98 H265/90000",
                    "a=rtpmap:97 vp9/90000",
                    "a=rtpmap:96 VP8/90000"),
                AUDIO));
    PlannedSection.Accepted picture = offer.accepted(MediaKind.VIDEO).orElseThrow();
    assertEquals(Codec.VP9, picture.format().codec());
    assertEquals(97, picture.payloadType());
    assertEquals(List.of(5), picture.ssrcs());
    assertEquals(Offer.Side.PUBLISHER, offer.side());
    String library = SdpWriter.libraryOffer(offer);
    assertTrue(library.contains("a=sendonly\r\n") && library.contains("a=ssrc:6 cname:"), library);
    assertFalse(library.contains("cname:x"), "nothing of the publisher's text is handed on");
  }

  @Test
  void withinH264WhatEveryViewerTakesIsPreferred() {
    Offer offer =
        usable(
            offer(
                video(
                    "102 103 104 96",
                    "a=rtpmap:102 H264/90000",
                    "a=fmtp:102 profile-level-id=640c1f;packetization-mode=1",
                    "a=rtpmap:103 H264/90000",
                    "a=fmtp:103 profile-level-id=42e01f;packetization-mode=0",
                    "a=rtpmap:104 H264/90000",
                    "a=fmtp:104 profile-level-id=42E01F;packetization-mode=1",
                    "a=rtpmap:96 VP8/90000"),
                AUDIO));
    assertEquals(104, offer.accepted(MediaKind.VIDEO).orElseThrow().payloadType());
  }

  @Test
  void oneProfileOfH264HasSeveralSpellings() {
    for (String id : List.of("42e01f", "42C01F", "4d8029", "58c00a")) {
      Offer offer =
          usable(
              offer(
                  video(
                      "102 104",
                      "a=rtpmap:102 h264/90000",
                      "a=fmtp:102 profile-level-id=64001f;packetization-mode=1",
                      "a=rtpmap:104 h264/90000",
                      "a=fmtp:104 profile-level-id=" + id + ";packetization-mode=1"),
                  AUDIO));
      assertEquals(104, offer.accepted(MediaKind.VIDEO).orElseThrow().payloadType(), id);
    }
  }

  @Test
  void h264ThatIsInterleavedIsNotTaken() {
    for (String mode : List.of("0", "1")) {
      String fmtp = "a=fmtp:102 profile-level-id=42e01f;packetization-mode=" + mode;
      usable(offer(video("102", "a=rtpmap:102 H264/90000", fmtp), AUDIO));
    }
    String interleaved = "a=fmtp:102 profile-level-id=42e01f;packetization-mode=2";
    refused(offer(video("102", "a=rtpmap:102 H264/90000", interleaved), AUDIO));
  }

  @Test
  void everyCodecIsKnownByItsNameInAnyCase() {
    for (String name : List.of("vp8", "Vp9", "h264", "av1")) {
      Offer offer = usable(offer(video("100", "a=rtpmap:100 " + name + "/90000"), AUDIO));
      PlannedSection.Accepted picture = offer.accepted(MediaKind.VIDEO).orElseThrow();
      assertEquals(name.toUpperCase(Locale.ROOT), picture.format().codec().sdpName());
      assertEquals(100, picture.payloadType());
    }
  }

  @Test
  void withoutACodecInCommonThereIsNoAnswerAndNoNumber() {
    refused(offer(video("96", "a=rtpmap:96 H265/90000"), AUDIO));
    refused(offer(video("96", "a=rtpmap:97 VP8/90000"), AUDIO));
    refused(offer(video("96", "a=rtpmap:96 VP8/48000"), AUDIO));
    refused(
        offer(
            video("96", "a=rtcp-rsize"),
            AUDIO.replace("a=rtpmap:111", "a=rtpmap:96 VP8/90000\r\na=rtpmap:111")));
    refused(offer(video("72", "a=rtpmap:72 VP8/90000"), AUDIO));
    refused(offer(AUDIO.replace("opus/48000/2", "PCMU/8000")));
    Offer picture =
        usable(offer(video("96", "a=rtpmap:96 VP8/90000"), AUDIO.replace("opus", "speex")));
    assertEquals(
        List.of(96),
        picture.accepted().stream().map(PlannedSection.Accepted::payloadType).toList());
  }

  @Test
  void h264OfTenBitsIsNotTaken() {
    String tenBits = "a=fmtp:102 profile-level-id=6e0c1f;packetization-mode=1";
    refused(offer(video("102", "a=rtpmap:102 H264/90000", tenBits), AUDIO));
    String hostile = "a=fmtp:102 profile-level-id=42e01f%0d%0a;packetization-mode=1";
    refused(offer(video("102", "a=rtpmap:102 H264/90000", hostile), AUDIO));
  }

  @Test
  void whatDoesNotSendIsRefusedAndSoAreTwoOfAKind() {
    String one = video("96", "a=rtpmap:96 VP8/90000");
    refused(offer(one, AUDIO).replace("sendonly", "recvonly"));
    refused(offer(one, AUDIO).replace("sendonly", "inactive"));
    refused(offer(one, AUDIO, one.replace("a=mid:0", "a=mid:2")));
    usable(offer(one, AUDIO).replace("sendonly", "sendrecv"));
    // A section that its own author has refused does not count.
    usable(offer(one, AUDIO, one.replace("video 9", "video 0").replace("a=mid:0", "a=mid:2")));
    usable(offer(one));
    usable(offer(AUDIO));
  }

  @Test
  void packetsOfTwoTracksAreToldApartByTheirNumbers() {
    String one = video("96", "a=rtpmap:96 VP8/90000");
    refused(offer(one, AUDIO).replace("a=ssrc:6 cname:x\r\n", ""));
    refused(offer(one, AUDIO).replace("a=ssrc:6 ", "a=ssrc:5 "));
    usable(offer(one).replace("a=ssrc:5 cname:x\r\n", ""));
  }

  @Test
  void brokenNumbersAreMalformed() {
    String one = video("96", "a=rtpmap:96 VP8/90000");
    for (String ssrc : List.of("a=ssrc:", "a=ssrc:x", "a=ssrc:4294967296 a", "a=ssrc:-1 a")) {
      assertInstanceOf(
          OfferResult.Malformed.class,
          OfferReader.readPublisher(offer(one).replace("a=ssrc:5 cname:x", ssrc), ALL),
          ssrc);
    }
  }
}
