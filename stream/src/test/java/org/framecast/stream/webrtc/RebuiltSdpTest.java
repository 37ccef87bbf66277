package org.framecast.stream.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
import org.framecast.stream.webrtc.ingest.IngestSettings;
import org.framecast.stream.webrtc.ingest.IngestSink;
import org.framecast.stream.webrtc.sdp.LibraryText;
import org.framecast.stream.webrtc.sdp.Offers;
import org.framecast.stream.webrtc.sdp.TrickleFragment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a viewer or a publisher writes reaches the library as values that were read and printed
 * again, in its offer and in the candidates that come later.
 */
@Timeout(180)
class RebuiltSdpTest {
  private static final IngestSink NOWHERE =
      new IngestSink() {
        @Override
        public void video(AccessUnit unit) {}

        @Override
        public void audio(AccessUnit unit) {}
      };

  /** A word of the stranger's wherever an offer has room for one. */
  private static String poisoned(String offer) {
    return offer
            .replace("s=-", "s=POISON")
            .replace("o=- 6425176712341122 2 IN IP4 127.0.0.1", "o=POISON 1 2 IN IP4 POISON")
            .replace("t=0 0\r\n", "i=POISON\r\nb=AS:POISON\r\nt=0 0\r\nk=POISON\r\na=POISON\r\n")
            .replace("c=IN IP4 0.0.0.0", "c=IN IP4 POISON")
            .replace("a=rtcp:9 IN IP4 0.0.0.0", "a=rtcp:9 IN IP4 POISON")
            .replace("a=ice-options:trickle", "a=ice-options:POISON")
            .replace("generation 0", "generation 0 POISON POISON")
            .replace("raddr 192.0.2.17", "raddr POISON")
            .replace("useinbandfec=1", "useinbandfec=1;POISON=POISON")
            .replace("profile-level-id=42e01f", "profile-level-id=42e01f;POISON=1")
            .replace("a=rtcp-fb:96 transport-cc", "a=rtcp-fb:96 POISON")
            .replace("urn:ietf:params:rtp-hdrext:toffset", "urn:POISON")
            .replace("a=rtcp-rsize", "a=msid:POISON POISON\r\na=rid:POISON send\r\na=poison:POISON")
        + "m=application 9 UDP/DTLS/SCTP POISON\r\n"
        + "c=IN IP4 POISON\r\n"
        + "a=mid:7\r\n"
        + "a=sctp-port:POISON\r\n";
  }

  private static String publisher(String offer) {
    return offer
        .replaceFirst("a=recvonly", "a=sendonly\r\na=ssrc:11 cname:POISON\r\na=ssrc:11 POISON")
        .replaceFirst("a=recvonly", "a=sendonly\r\na=ssrc:12 msid:POISON POISON");
  }

  private static TrickleFragment fragment(String offer) {
    String ufrag = offer.lines().filter(line -> line.startsWith("a=ice-ufrag")).findFirst().get();
    String password = offer.lines().filter(line -> line.startsWith("a=ice-pwd")).findFirst().get();
    String text =
        String.join(
            "\r\n",
            ufrag,
            password,
            "a=POISON:POISON",
            "m=video 9 POISON 0",
            "a=mid:POISON",
            "a=candidate:1 1 udp 2122260223 2001:DB8::17 5000 typ host POISON POISON",
            "a=candidate:2 1 UDP 2122260222 203.0.113.9 5001 typ srflx raddr POISON rport POISON",
            "a=candidate:3 1 udp 2122260221 POISON.local 5002 typ host",
            "a=candidate:4 1 udp 2122260220 192.0.2.18 5003 typ POISON",
            "");
    return assertInstanceOf(TrickleFragment.Result.Parsed.class, TrickleFragment.read(text))
        .fragment();
  }

  @Test
  void ofAViewersWordsTheLibrarySeesNone() throws Exception {
    String offer = poisoned(Offers.chromium());
    try (Stage stage = new Stage()) {
      NegotiationResult.Answered answered =
          assertInstanceOf(NegotiationResult.Answered.class, stage.negotiate(offer));
      assertEquals(
          Viewer.TrickleOutcome.ACCEPTED, answered.viewer().trickle(fragment(Offers.chromium())));
      isRebuilt(stage.transport.peers.get(0));
      String fromUs =
          answered.answer().lines().filter(line -> !line.startsWith("m=application")).toList() + "";
      assertFalse(fromUs.contains("POISON"), fromUs);
    }
  }

  @Test
  void ofAPublishersWordsTheLibrarySeesNone() throws Exception {
    String offer = publisher(poisoned(Offers.chromium()));
    try (Stage stage = new Stage();
        WhipNegotiator whip = whip(stage)) {
      WhipResult result =
          whip.negotiate(
                  "test",
                  offer,
                  EnumSet.allOf(Codec.class),
                  (formats, publisher) ->
                      Optional.of(new PublishHost.Reception(NOWHERE, stage.pool)))
              .get(30, TimeUnit.SECONDS);
      WhipResult.Answered answered = assertInstanceOf(WhipResult.Answered.class, result);
      assertEquals(
          Viewer.TrickleOutcome.ACCEPTED,
          answered.publisher().trickle(fragment(Offers.chromium())));
      FakeTransport.FakePeer peer = stage.transport.peers.get(0);
      isRebuilt(peer);
      assertTrue(peer.offer.contains("a=ssrc:11 cname:publisher\r\n"), peer.offer);
      assertTrue(peer.offer.contains("a=ssrc:12 cname:publisher\r\n"), peer.offer);
    }
  }

  private static WhipNegotiator whip(Stage stage) {
    return WhipNegotiator.open(
        stage.transport,
        new WhipSettings(stage.limits, IngestSettings.defaults(), Thread.ofPlatform().factory()),
        new NegotiatorRuntime(
            Runnable::run, stage.timer, stage.nanos::get, () -> Instant.EPOCH, new SecureRandom()));
  }

  private static void isRebuilt(FakeTransport.FakePeer peer) {
    assertEquals(List.of(), LibraryText.strangeLines(peer.offer), "strange to the library");
    assertTrue(peer.offer.contains("192.0.2.17 46243 typ host\r\n"), peer.offer);
    assertEquals(
        List.of(
            "candidate:1 1 UDP 2122260223 2001:db8:0:0:0:0:0:17 5000 typ host",
            "candidate:2 1 UDP 2122260222 203.0.113.9 5001 typ srflx raddr 0.0.0.0 rport 0"),
        peer.candidates);
    peer.candidates.forEach(candidate -> assertTrue(LibraryText.isCandidate(candidate), candidate));
  }
}
