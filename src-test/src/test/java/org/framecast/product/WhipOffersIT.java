package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Offers of publishers as they come in the field, and what becomes of those that nobody follows.
 */
class WhipOffersIT extends WhipTest {
  @Test
  void theOffersNumbersAreTheAnswers() {
    String firefox = sending().replace(" 96 97", " 120 97").replace(":96 ", ":120 ");
    firefox = firefox.replace(" 111 0", " 109 0").replace(":111 ", ":109 ");
    Api.Answer answer = post(SDP, firefox.replace("\r\n", "\n"));
    assertEquals(201, answer.status(), answer.text());
    assertTrue(answer.text().contains("m=video 9 UDP/TLS/RTP/SAVPF 120\r\n"), answer.text());
    assertTrue(answer.text().contains("m=audio 9 UDP/TLS/RTP/SAVPF 109\r\n"), answer.text());
    assertEquals(
        answer.text().lines().count(), answer.text().split("\r\n", -1).length - 1, "CRLF alone");
  }

  @Test
  void strangeSectionsAreRefusedAndTheRestIsKept() {
    String channel =
        "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:2\r\n"
            + "a=sctp-port:5000\r\n";
    Api.Answer answer = post(SDP, sending() + channel);
    assertEquals(201, answer.status(), answer.text());
    assertTrue(answer.text().contains("m=application 0 "), answer.text());
  }

  @Test
  void aLayerThatLacksItsSourceIsRefusedAsInTheHandshake() {
    String picture = "{\"layers\":[{\"name\":\"picture\"}]}";
    assertEquals(200, api().putJson("/session/state", session().accessToken(), picture).status());
    Api.Answer refused = post(SDP, sending());
    assertEquals(409, refused.status(), refused.text());
    assertEquals("source-required", refused.problem());
  }

  @Test
  void anAnswerThatNobodyTakesFreesThePlace() {
    published();
    awaitMetric("publishers", n -> n == 0, Duration.ofSeconds(30));
    assertEquals(201, post(SDP, sending()).status());
  }
}
