package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.framecast.stream.media.Codec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ways in which a peer connection comes about: who is the server of its handshake, what the offer
 * says of the peer's addresses and when, and over which protocol the media goes.
 */
class ConnectionIT extends ProductTest {
  private static final String HERE = "127.0.0.1";
  private static final int PACKETS = 20;

  private Api.Session session = new Api.Session("", "", "", "");

  @BeforeEach
  void openASession() {
    session = api().openSession();
  }

  @AfterEach
  void endIt() {
    api().delete("/session", session.accessToken());
  }

  /** An offer without the line means the same as one that says {@code active}. */
  @ParameterizedTest
  @CsvSource({"actpass,passive", "active,passive", "passive,active", ",passive"})
  void viewersTakeEitherRoleOfTheHandshake(String offered, String answered) {
    try (RtcViewer viewer = watching(HERE, role(offered))) {
      assertTrue(
          offered == null
              ? !viewer.offered().contains("a=setup")
              : viewer.offered().contains("a=setup:" + offered + "\r\n"),
          viewer.offered());
      assertEquals(List.of("a=setup:" + answered), setups(viewer.answered()));
      viewer.awaitVideoPackets(PACKETS);
      viewer.awaitAudioPackets(PACKETS);
    }
  }

  @ParameterizedTest
  @CsvSource({"actpass,passive", "active,passive", "passive,active"})
  void publishersTakeEitherRoleOfTheHandshake(String offered, String answered) {
    try (RtcPublisher publisher = RtcPublisher.startFrom(api(), session, HERE, role(offered))) {
      assertTrue(publisher.offer().contains("a=setup:" + offered + "\r\n"), publisher.offer());
      assertEquals(List.of("a=setup:" + answered), setups(publisher.answer().text()));
      isSeen();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"whep", "whip"})
  void anOfferThatWantsNoConnectionNowIsRefused(String protocol) {
    String stream = protocol.equals("whep") ? "demo" : session.stream();
    String offer = Offers.chromiumLike().replace("a=setup:actpass", "a=setup:holdconn");
    if (protocol.equals("whip")) {
      offer =
          offer
              .replaceFirst("a=recvonly", "a=sendonly\r\na=ssrc:1 cname:x")
              .replaceFirst("a=recvonly", "a=sendonly\r\na=ssrc:2 cname:x");
    }
    String path = "/" + protocol + "/" + stream;
    assertEquals(422, post(path, offer).status());
    Api.Answer answer = post(path, offer.replace("holdconn", "actpass"));
    assertEquals(201, answer.status(), "with another role: " + answer.text());
    api().delete(api().uri(answer.header("Location")).getPath(), session.accessToken());
  }

  private Api.Answer post(String path, String offer) {
    return api()
        .post(path, session.accessToken(), "application/sdp", BodyPublishers.ofString(offer));
  }

  @Test
  void aViewerWhoseOfferHasNoCandidatesIsKnownByItsChecks() {
    try (RtcViewer viewer = watching(HERE, RtcPeer::withoutCandidates)) {
      assertFalse(viewer.offered().contains("a=candidate"), viewer.offered());
      viewer.awaitVideoPackets(PACKETS);
    }
  }

  @Test
  void aViewerThatNamesNoAddressButAHiddenOneIsKnownByItsChecks() {
    try (RtcViewer viewer = watching(HERE, hiding(HERE))) {
      assertTrue(viewer.offered().contains("-8f2c.local "), viewer.offered());
      assertFalse(viewer.offered().contains(HERE + " "), viewer.offered());
      viewer.awaitVideoPackets(PACKETS);
    }
  }

  @Test
  void aPublisherThatNamesNoAddressButAHiddenOneIsKnownByItsChecks() {
    try (RtcPublisher publisher = RtcPublisher.startFrom(api(), session, HERE, hiding(HERE))) {
      assertTrue(publisher.offer().contains("-8f2c.local "), publisher.offer());
      isSeen();
    }
  }

  /** Pages without a camera or a microphone hide their addresses. */
  @Test
  void chromiumHidesItsAddressAndSeesThePicture() {
    JsonObject seen =
        Browser.run(
            "hidden-address.mjs",
            Duration.ofSeconds(60),
            List.of("--base=" + Product.http(), "--stream=demo"));
    assertTrue(seen.getInt("hidden") > 0, seen.toString());
    assertEquals(0, seen.getInt("named"), seen.toString());
    assertTrue(seen.getInt("frames") >= 15, seen.toString());
  }

  @Test
  void aViewerIsReachedByACandidateOfItsPatchAlone() {
    try (RtcViewer viewer = RtcViewer.joinWithoutCandidates(api(), "demo", session.accessToken())) {
      assertEquals(0, viewer.videoPackets(), "nobody can have found it");
      assertEquals(204, viewer.trickle().status());
      viewer.awaitVideoPackets(PACKETS);
    }
  }

  @Test
  void aPublisherIsReachedByACandidateOfItsPatchAlone() {
    try (RtcPublisher publisher = RtcPublisher.startByTrickle(api(), session, Codec.VP8)) {
      assertFalse(publisher.offer().contains("a=candidate"), publisher.offer());
      isSeen();
    }
  }

  /** The server listens on all addresses of both kinds, and offers none of loopback. */
  @Test
  void aViewerThatHasAnIpv6AddressAloneIsReachedThere() {
    try (RtcViewer viewer = watching("::1", UnaryOperator.identity())) {
      assertTrue(viewer.offered().contains(" ::1 "), viewer.offered());
      assertFalse(viewer.offered().contains(HERE + " "), viewer.offered());
      viewer.awaitVideoPackets(PACKETS);
      viewer.awaitAudioPackets(PACKETS);
    }
  }

  @Test
  void aPublisherThatHasAnIpv6AddressAloneIsReachedThere() {
    try (RtcPublisher publisher =
        RtcPublisher.startFrom(api(), session, "::1", UnaryOperator.identity())) {
      assertTrue(publisher.offer().contains(" ::1 "), publisher.offer());
      isSeen();
    }
  }

  private RtcViewer watching(String address, UnaryOperator<String> wording) {
    return RtcViewer.joinFrom(api(), "demo", session.accessToken(), address, wording);
  }

  /** What the session's publisher sends reaches a viewer. */
  private void isSeen() {
    try (RtcViewer viewer = RtcViewer.join(api(), session.stream(), session.accessToken())) {
      viewer.awaitVideoPackets(PACKETS);
      viewer.awaitAudioPackets(PACKETS);
    }
  }

  private static UnaryOperator<String> role(String role) {
    String line = role == null ? "" : "a=setup:" + role + "\r\n";
    return offer -> offer.replaceAll("a=setup:\\w+\r\n", line);
  }

  private static UnaryOperator<String> hiding(String address) {
    return offer ->
        offer.replace(" " + address + " ", " 5f0e4a3c-1b7d-4c55-9d0a-77f1c1d4-8f2c.local ");
  }

  private static List<String> setups(String sdp) {
    return sdp.lines().filter(line -> line.startsWith("a=setup:")).distinct().toList();
  }
}
