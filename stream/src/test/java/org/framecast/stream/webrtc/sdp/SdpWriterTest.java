package org.framecast.stream.webrtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SdpWriterTest {
  @Test
  void theAnswerIsWholeAndInTheOffersNumbers() {
    List<String> answer = Offers.answer(Offers.firefox());
    assertEquals("o=framecast 42 1 IN IP4 127.0.0.1", answer.get(1));
    assertEquals(1, count(answer, "a=group:BUNDLE 0 1"));
    assertEquals(1, count(answer, "m=audio 9 UDP/TLS/RTP/SAVPF 109"));
    assertEquals(1, count(answer, "m=video 9 UDP/TLS/RTP/SAVPF 120"));
    assertEquals(1, count(answer, "m=application 0 UDP/DTLS/SCTP webrtc-datachannel"));
    assertEquals(1, count(answer, "a=rtpmap:120 VP8/90000"));
    assertEquals(1, count(answer, "a=rtpmap:109 opus/48000/2"));
    assertEquals(1, count(answer, "a=rtcp-fb:120 nack pli"));
    for (String everySection :
        List.of(
            "a=sendonly", "a=rtcp-mux", "a=rtcp-mux-only", "a=setup:passive", "a=ice-ufrag:abcd")) {
      assertEquals(2, count(answer, everySection), everySection);
    }
    assertEquals(1, count(answer, "a=inactive"));
    assertEquals(1, count(answer, "a=candidate:1 1 UDP 2122317823 192.0.2.1 50000 typ host"));
    assertEquals(1, count(answer, "a=end-of-candidates"));
    assertEquals(
        List.of("a=msid:stream audio", "a=msid:stream video"),
        answer.stream().filter(line -> line.startsWith("a=msid:")).toList());
    assertEquals(1, count(answer, "a=ssrc:4294967294 cname:name"));
  }

  @Test
  void theAnswerKeepsTheOrderAndTheMids() {
    List<String> lines =
        Offers.answer(Offers.chromium()).stream()
            .filter(line -> line.startsWith("m=") || line.startsWith("a=mid:"))
            .toList();
    assertEquals(
        List.of(
            "m=video 9 UDP/TLS/RTP/SAVPF 96",
            "a=mid:0",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111",
            "a=mid:1"),
        lines);
  }

  @Test
  void theAnswerHidesTheBaseOfALearnedAddress() {
    List<String> answer = Offers.answer(Offers.chromium());
    assertEquals(0, answer.stream().filter(line -> line.contains("10.0.0.1")).count());
  }

  @Test
  void everyLineOfTheAnswerEndsInCrLf() {
    Offer offer = Offers.usable(Offers.chromium().replace("\r\n", "\n"));
    String text = SdpWriter.libraryOffer(offer);
    assertTrue(text.endsWith("\r\n"));
    assertEquals(
        text.chars().filter(c -> c == '\n').count(),
        text.split("\r\n", -1).length - 1,
        "a line feed alone");
  }

  @Test
  void theLibraryIsGivenTheAcceptedSectionsAlone() {
    String text = SdpWriter.libraryOffer(Offers.usable(Offers.firefox()));
    assertFalse(text.contains("application"));
    assertFalse(text.contains("mozilla"));
    assertFalse(text.contains("extmap"));
    assertEquals(2, text.split("a=setup:active\r\n", -1).length - 1);
    assertTrue(text.contains("m=video 9 UDP/TLS/RTP/SAVPF 120\r\n"));
  }

  @Test
  void nothingThatWasNotParsedReachesTheLibrary() {
    String poisoned =
        Offers.chromium()
            .replace("s=-", "s=POISON")
            .replace("a=rtcp-rsize", "a=poison:POISON")
            .replace("generation 0", "POISON POISON")
            .replace("useinbandfec=1", "POISON=1")
            .replace("goog-remb", "POISON");
    String text = SdpWriter.libraryOffer(Offers.usable(poisoned));
    assertFalse(text.contains("POISON"));
    assertFalse(String.join("\n", Offers.answer(poisoned)).contains("POISON"));
  }

  @Test
  void theAnswerOfOneSectionWithoutBundleHasNoGroup() {
    String alone = Offers.chromium().replace("a=group:BUNDLE 0 1\r\n", "");
    assertTrue(Offers.answer(alone).stream().noneMatch(line -> line.startsWith("a=group")));
  }

  private static long count(List<String> lines, String line) {
    return lines.stream().filter(line::equals).count();
  }

  @Test
  void theAnswerListsTheOneHeaderExtensionThatIsSent() {
    List<String> extensions =
        Offers.answer(Offers.chromium()).stream().filter(l -> l.contains("extmap")).toList();
    assertEquals(
        List.of("a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
        extensions);
  }
}
