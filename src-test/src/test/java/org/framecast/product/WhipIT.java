package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.framecast.stream.media.Codec;
import org.junit.jupiter.api.Test;

/**
 * What RFC 9725 and its neighbours ask of a WHIP server, one test for each line of the list that
 * docs/mission.md repeats.
 */
class WhipIT extends WhipTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void line1AnOfferIsAnsweredWithTheLocationOfItsSession() {
    Api.Answer answer = post("Application/SDP; charset=utf-8", sending());
    assertEquals(201, answer.status(), answer.text());
    assertEquals(SDP, answer.header("Content-Type"));
    assertTrue(path(answer).startsWith("/whip/" + session().stream() + "/"), path(answer));
    assertTrue(answer.text().startsWith("v=0\r\n"));
  }

  @Test
  void line2WrongBodiesHaveStatusesOfTheirOwn() {
    assertEquals(415, post("application/json", sending()).status());
    assertEquals(400, post(SDP, "hello").status());
    assertEquals(422, post(SDP, sending().replace("VP8/90000", "H261/90000")).status());
    assertEquals(413, post(SDP, "v=0\r\n".repeat(14_000)).status());
  }

  @Test
  void line3GetIsAnsweredWithoutContent() {
    Api.Answer endpoint = api().get("/whip/" + session().stream(), session().accessToken());
    assertEquals(204, endpoint.status());
    assertEquals(204, api().get(path(published()), session().accessToken()).status());
  }

  @Test
  void line4APreflightNeedsNoToken() {
    Api.Answer answer = request("OPTIONS", "/whip/" + session().stream(), Map.of(), "");
    assertEquals(200, answer.status());
    assertEquals(SDP, answer.header("Accept-Post"));
    String allowed = answer.header("Access-Control-Allow-Headers");
    for (String name : List.of("Authorization", "Content-Type", "If-Match")) {
      assertTrue(allowed.contains(name), allowed);
    }
    assertEquals("", answer.header("Link"), "no ICE servers for strangers");
  }

  @Test
  void line4APageOfAnotherSiteMayPublishWithAGoodToken() {
    String origin = "https://player.example";
    String token = "Bearer " + session().accessToken();
    Map<String, String> offering =
        Map.of("Authorization", token, "Origin", origin, "Content-Type", SDP);
    Api.Answer answer = request("POST", "/whip/" + session().stream(), offering, sending());
    assertEquals(201, answer.status(), answer.text());
    assertEquals("*", answer.header("Access-Control-Allow-Origin"));
    List<String> exposed = List.of(answer.header("Access-Control-Expose-Headers").split(", "));
    assertTrue(exposed.containsAll(List.of("ETag", "Location", "Link")), exposed.toString());
    Map<String, String> trickling =
        Map.of("Authorization", token, "Origin", origin, "Content-Type", FRAGMENT, "If-Match", "*");
    assertEquals(204, request("PATCH", path(answer), trickling, fragment("aB3d")).status());
    Map<String, String> wrong = Map.of("Authorization", "Bearer wrong", "Origin", origin);
    assertEquals(401, request("DELETE", path(answer), wrong, "").status());
    Map<String, String> ending = Map.of("Authorization", token, "Origin", origin);
    assertEquals(200, request("DELETE", path(answer), ending, "").status());
  }

  @Test
  void line5DeleteEndsTheSessionOnce() {
    long peers = metric("peers");
    String path = path(published());
    assertEquals(peers + 1, metric("peers"));
    Map<String, String> headers =
        Map.of("Authorization", "Bearer " + session().accessToken(), "If-Match", "\"other\"");
    assertEquals(200, request("DELETE", path, headers, "").status());
    assertEquals(404, request("DELETE", path, headers, "").status());
    awaitMetric("peers", n -> n == peers, SOON);
    awaitMetric("publishers", n -> n == 0, SOON);
  }

  @Test
  void line5OfManyWhoDeleteAtOnceOneEndsTheSession() {
    String path = path(published());
    List<CompletableFuture<HttpResponse<String>>> asked =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    api()
                        .http()
                        .sendAsync(
                            api()
                                .request(path)
                                .header("Authorization", "Bearer " + session().accessToken())
                                .DELETE()
                                .build(),
                            HttpResponse.BodyHandlers.ofString()))
            .toList();
    assertEquals(
        List.of(200, 404, 404, 404, 404, 404),
        asked.stream().map(answer -> answer.join().statusCode()).sorted().toList());
  }

  @Test
  void line6CandidatesTrickle() {
    Api.Answer answer = published();
    String tag = answer.header("ETag");
    Api.Answer taken =
        patch(
            path(answer),
            tag,
            FRAGMENT,
            fragment("aB3d", "a=candidate:2 1 UDP 1000 127.0.0.1 50001 typ host"));
    assertEquals(204, taken.status(), taken.text());
    assertEquals("", taken.header("ETag"));
    assertEquals(
        204,
        patch(
                path(answer),
                tag,
                FRAGMENT,
                fragment("aB3d", "a=candidate:2 1 UDP 1000 nobody.local 50001 typ host"))
            .status());
    assertEquals(415, patch(path(answer), tag, SDP, fragment("aB3d")).status());
    assertEquals(400, patch(path(answer), tag, FRAGMENT, "hello").status());
  }

  @Test
  void line7AnIceRestartIsRefusedAndTheSessionLivesOn() {
    Api.Answer answer = published();
    assertEquals(
        422, patch(path(answer), "*", FRAGMENT, fragment("zzzz")).status(), "other credentials");
    assertEquals(
        204, patch(path(answer), "*", FRAGMENT, fragment("aB3d")).status(), "a star alone is none");
    assertEquals(204, api().get(path(answer), session().accessToken()).status());
  }

  @Test
  void line8PatchNeedsTheTag() {
    Api.Answer answer = published();
    assertTrue(answer.header("ETag").matches("\"[^\"]+\""), answer.header("ETag"));
    Api.Answer without =
        request(
            "PATCH",
            path(answer),
            Map.of("Authorization", "Bearer " + session().accessToken(), "Content-Type", FRAGMENT),
            fragment("aB3d"));
    assertEquals(428, without.status());
    assertEquals(412, patch(path(answer), "\"x\"", FRAGMENT, fragment("aB3d")).status());
  }

  @Test
  void line9TheAnswerIsCompleteAndBundled() {
    String answer = published().text();
    assertTrue(answer.contains("a=group:BUNDLE 0 1\r\n"), answer);
    assertTrue(answer.contains("a=candidate:") && answer.contains("a=end-of-candidates"), answer);
    List<String> sections = Arrays.stream(answer.split("(?m)^(?=m=)")).skip(1).toList();
    assertEquals(2, sections.size());
    for (String section : sections) {
      assertTrue(section.contains("a=rtcp-mux\r\na=rtcp-mux-only\r\n"), section);
    }
    assertFalse(answer.contains("a=msid:"), "nothing is sent back");
  }

  @Test
  void line10OnlyTheSessionsOwnerPublishes() {
    Api.Session other = api().openSession();
    String endpoint = "/whip/" + session().stream();
    Api.Answer none = request("POST", endpoint, Map.of("Content-Type", SDP), sending());
    assertEquals(401, none.status());
    assertTrue(none.header("WWW-Authenticate").startsWith("Bearer"), none.toString());
    assertEquals(401, api().post(endpoint, "nonsense", SDP, text(sending())).status());
    assertEquals(403, api().post(endpoint, other.accessToken(), SDP, text(sending())).status());
    assertEquals(403, api().post("/whip/demo", other.accessToken(), SDP, text(sending())).status());
    assertEquals(
        404, api().post("/whip/nobody", other.accessToken(), SDP, text(sending())).status());

    Api.Answer answer = published();
    String path = path(answer);
    String secret = path.substring(path.lastIndexOf('/') + 1);
    assertTrue(secret.length() >= 22, "128 bits: " + secret.length() + " characters");
    assertEquals(401, api().delete(path, "nonsense").status());
    assertEquals(403, api().delete(path, other.accessToken()).status());
    assertEquals(401, request("PATCH", path, Map.of(), "").status());
    assertEquals(204, api().get(path, session().accessToken()).status());
    assertNotEquals(secret, session().stream());
  }

  @Test
  void line10TheTokenThatOpenedASessionMayStillEndIt() {
    String path = path(published());
    Api.Answer refreshed = api().putJson("/session", session().refreshToken(), "");
    assertEquals(200, refreshed.status(), refreshed.text());
    String old = session().accessToken();
    useToken(refreshed.json().getString("access_token"));
    assertEquals(401, api().get(path, old).status(), "it is good for nothing else");
    assertEquals(
        401, request("PATCH", path, Map.of("Authorization", "Bearer " + old), "").status());
    assertEquals(401, api().delete(path + "x", old).status(), "nor for another session");
    assertEquals(204, api().get(path, session().accessToken()).status());
    assertEquals(200, api().delete(path, old).status());
    assertEquals(404, api().delete(path, session().accessToken()).status());

    String again = path(published());
    assertEquals(401, api().delete(again, old).status(), "the new one was not opened with it");
    assertEquals(200, api().delete(again, session().accessToken()).status());
  }

  @Test
  void line12ManyRequestsOfOneCallerGet429WithRetryAfter() throws Exception {
    try (HttpClient elsewhere =
        HttpClient.newBuilder().localAddress(InetAddress.getByName("127.77.0.14")).build()) {
      for (String method : List.of("POST", "PATCH", "DELETE")) {
        HttpResponse<String> refused = flooded(elsewhere, method);
        assertEquals(429, refused.statusCode(), method);
        assertTrue(refused.headers().firstValue("Retry-After").orElse("").matches("[1-9]\\d*"));
        assertTrue(refused.body().contains("too-many-requests"), refused.body());
      }
    }
    assertEquals(201, post(SDP, sending()).status(), "others are not held up");
  }

  /** Sends until the address is refused for that; tokens that are wrong count too. */
  private HttpResponse<String> flooded(HttpClient http, String method) {
    for (int i = 0; i < 60; i++) {
      List<CompletableFuture<HttpResponse<String>>> batch =
          IntStream.range(0, 40)
              .mapToObj(
                  n ->
                      http.sendAsync(
                          api()
                              .request("/whip/" + session().stream() + path(method))
                              .header("Authorization", "Bearer wrong")
                              .header("Content-Type", SDP)
                              .method(method, text("x"))
                              .build(),
                          HttpResponse.BodyHandlers.ofString()))
              .toList();
      for (CompletableFuture<HttpResponse<String>> asked : batch) {
        if (asked.join().statusCode() != 401) {
          return asked.join();
        }
      }
    }
    throw new AssertionError("2400 requests of " + method + " were all looked at");
  }

  private static String path(String method) {
    return method.equals("POST") ? "" : "/nobody";
  }

  @Test
  void line13TheServersEndIsTheConnectionsEnd() {
    try (RtcPublisher publisher = RtcPublisher.start(api(), session(), Codec.VP8)) {
      awaitMetric("publishers", n -> n == 1, SOON);
      assertEquals(204, api().delete("/session", session().accessToken()).status());
      assertTrue(publisher.awaitEnd(Duration.ofSeconds(10)));
      assertEquals(401, api().get(publisher.location(), session().accessToken()).status());
    }
    awaitMetric("peers", n -> n == 0, SOON);
  }

  @Test
  void line19aTheAnswerReceivesAndTheOfferMustSend() {
    Api.Answer answer = published();
    assertTrue(answer.text().contains("a=recvonly\r\n"), answer.text());
    assertFalse(answer.text().contains("a=sendonly"), answer.text());
    assertEquals(200, request("DELETE", path(answer), bearer(), "").status());
    for (String direction : List.of("recvonly", "inactive")) {
      Api.Answer refused = post(SDP, sending().replace("a=sendonly", "a=" + direction));
      assertEquals(422, refused.status(), direction);
      assertEquals("sdp-unusable", refused.problem());
    }
    assertEquals(201, post(SDP, sending().replace("a=sendonly", "a=sendrecv")).status());
  }

  @Test
  void line19bOneSectionOfAKindAndOnePublisher() {
    String section =
        sending().substring(sending().indexOf("m=video"), sending().indexOf("m=audio"));
    String twice = sending() + section.replace("a=mid:0", "a=mid:2");
    assertEquals(422, post(SDP, twice.replace("BUNDLE 0 1", "BUNDLE 0 1 2")).status());

    published();
    Api.Answer second = post(SDP, sending());
    assertEquals(409, second.status());
    assertEquals("already-publishing", second.problem());
    Api.Session socketed = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), socketed.accessToken(), "video")) {
      Api.Answer third =
          api().post("/whip/" + socketed.stream(), socketed.accessToken(), SDP, text(sending()));
      assertEquals(409, third.status());
      assertFalse(socket.isClosed());
    }
  }
}
