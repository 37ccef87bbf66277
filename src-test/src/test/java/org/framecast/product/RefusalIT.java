package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the server refuses before it does anything: the status and the problem document of each. */
class RefusalIT extends ProductTest {
  private static final String OFFER = "application/sdp";

  @Test
  void aHandshakeWithoutATokenIsRefused() {
    assertRefused(401, "token-missing", RawHandshake.of(api(), List.of("video")));
  }

  @Test
  void aHandshakeWithAWrongTokenIsRefused() {
    assertRefused(
        401, "token-wrong", RawHandshake.of(api(), List.of("access_token.nonsense", "video")));
  }

  @Test
  void aHandshakeWithoutAModeIsRefused() {
    String token = api().openSession().accessToken();
    assertRefused(400, "mode-missing", RawHandshake.of(api(), List.of("access_token." + token)));
  }

  @Test
  void aHandshakeWithAnUnknownModeIsRefused() {
    String token = api().openSession().accessToken();
    assertRefused(
        400, "mode-unknown", RawHandshake.of(api(), List.of("access_token." + token, "telepathy")));
  }

  @Test
  void imageModeWithPictureAndNoSourceIsRefused() {
    assertPictureRefused("image");
  }

  @Test
  void videoModeWithPictureAndNoSourceIsRefused() {
    assertPictureRefused("video");
  }

  private void assertPictureRefused(String mode) {
    String token = api().openSession().accessToken();
    assertEquals(
        200,
        api().putJson("/session/state", token, "{\"layers\":[{\"name\":\"picture\"}]}").status());
    assertRefused(
        409, "source-required", RawHandshake.of(api(), List.of("access_token." + token, mode)));
  }

  @Test
  void aHandshakeFromAForeignPageIsRefused() {
    String token = api().openSession().accessToken();
    assertRefused(
        403,
        "origin-refused",
        RawHandshake.of(
            api(), List.of("access_token." + token, "video"), "Origin: https://example.org"));
  }

  @Test
  void aForeignPageIsRefusedHoweverThePathIsSpelled() {
    String token = api().openSession().accessToken();
    for (String path : List.of("/stream", "/stream;x", "//stream", "/%73tream", "/./stream")) {
      RawHandshake answer =
          RawHandshake.at(
              path,
              api(),
              List.of("access_token." + token, "video"),
              "Origin: https://example.org");
      assertEquals(403, answer.status(), path + ": " + answer.head());
    }
  }

  @Test
  void numbersWithoutAnEndAreRefused() {
    for (String number : List.of("9".repeat(2_000), "1e99999999999", "18446744073709551617")) {
      Api.Answer answer =
          api()
              .send(
                  api()
                      .request("/session")
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofString("{\"expires_in\":" + number + "}"))
                      .build());
      assertTrue(answer.status() == 400 || answer.status() == 422, number + answer.text());
      answer.problem();
    }
  }

  @Test
  void whepOfAStreamThatNobodyPublishesIsAConflictThatMayPass() {
    Api.Session session = api().openSession();
    Api.Answer answer =
        api()
            .post(
                "/whep/" + session.stream(),
                session.accessToken(),
                OFFER,
                BodyPublishers.ofString(Offers.chromiumLike()));
    assertEquals(409, answer.status(), answer.text());
    assertEquals("not-published", answer.problem());
    assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0);
  }

  @Test
  void whepOfAnUnknownStreamIsNotFound() {
    Api.Session session = api().openSession();
    Api.Answer answer =
        api()
            .post(
                "/whep/no-such-stream",
                session.accessToken(),
                OFFER,
                BodyPublishers.ofString(Offers.chromiumLike()));
    assertEquals(404, answer.status(), answer.text());
  }

  @Test
  void whepWithAnotherContentTypeIsRefused() {
    Api.Session session = api().openSession();
    Api.Answer answer =
        api()
            .post(
                "/whep/demo",
                session.accessToken(),
                "application/json",
                BodyPublishers.ofString("{}"));
    assertEquals(415, answer.status(), answer.text());
    assertFalse(answer.problem().isEmpty());
  }

  @Test
  void whepWithMalformedSdpIsRefusedBeforeTheLibrarySeesIt() {
    Api.Session session = api().openSession();
    long before = metric("peers_opened");
    for (String sdp :
        List.of("", "hello", "v=0\r\n", "v=0\nm=video x y z\n", Offers.chromiumLike() + "\0")) {
      Api.Answer answer =
          api().post("/whep/demo", session.accessToken(), OFFER, BodyPublishers.ofString(sdp));
      assertEquals(400, answer.status(), sdp + " -> " + answer.text());
      assertFalse(answer.problem().isEmpty());
    }
    assertEquals(before, metric("peers_opened"), "peers opened for malformed offers");
  }

  @Test
  void anOfferThatIsRefusedStartsNoStream() {
    Api.Session session = api().openSession();
    awaitMetric("streams_live", n -> n == 0, Duration.ofSeconds(30));
    Map<String, Integer> offers =
        Map.of("hello", 400, Offers.chromiumLike().replace("a=recvonly", "a=sendonly"), 422);
    for (String offer : offers.keySet()) {
      for (String stream : List.of("demo", "demo-raw")) {
        int status =
            api()
                .post(
                    "/whep/" + stream, session.accessToken(), OFFER, BodyPublishers.ofString(offer))
                .status();
        assertEquals(offers.get(offer), status, stream);
      }
    }
    assertEquals(0, metric("streams_live"), "streams that were started for nobody");
  }

  @Test
  void whepWithoutATokenIsRefused() {
    Api.Answer answer =
        api()
            .send(
                api()
                    .request("/whep/demo")
                    .header("Content-Type", OFFER)
                    .POST(BodyPublishers.ofString(Offers.chromiumLike()))
                    .build());
    assertEquals(401, answer.status());
    assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer"));
  }

  private static void assertRefused(int status, String problem, RawHandshake answer) {
    assertEquals(status, answer.status(), answer.head() + answer.body());
    assertEquals(problem, answer.problem());
    assertFalse(answer.body().contains("Exception"), answer.body());
  }
}
