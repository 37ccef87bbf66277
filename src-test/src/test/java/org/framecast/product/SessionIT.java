package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.Set;
import org.framecast.auth.Secret;
import org.junit.jupiter.api.Test;

/** The life of a session over HTTP: opened, refreshed, configured, ended. */
class SessionIT extends ProductTest {

  @Test
  void aSessionIsOpenedRefreshedAndEnded() {
    Api.Session session = api().openSession();
    assertTrue(Base64.getUrlDecoder().decode(session.accessToken()).length >= 32);
    assertEquals(200, api().get("/session", session.accessToken()).status());
    assertEquals(401, api().get("/session", session.refreshToken()).status());

    Api.Answer refreshed = api().putJson("/session", session.refreshToken(), "");
    assertEquals(200, refreshed.status(), refreshed.text());
    String access = refreshed.json().getString("access_token");
    assertNotEquals(session.accessToken(), access);
    assertEquals(401, api().get("/session", session.accessToken()).status());
    assertEquals(401, api().putJson("/session", session.refreshToken(), "").status());
    assertEquals(session.stream(), api().get("/session", access).json().getString("stream"));

    assertEquals(204, api().delete("/session", access).status());
    assertEquals(401, api().get("/session", access).status());
  }

  @Test
  void aSecretOfTheCallersOwnGivesTheStreamItsNameAgain() {
    String secret = Secret.random().text();
    JsonObject first = openWith(secret, 201).json();
    assertEquals("stream-taken", openWith(secret, 409).problem());
    assertEquals(204, api().delete("/session", first.getString("access_token")).status());
    JsonObject again = openWith(secret, 201).json();
    assertEquals(first.getString("stream"), again.getString("stream"));
    assertNotEquals(first.getString("access_token"), again.getString("access_token"));
    for (String weak : new String[] {"", "short", secret + "A", secret.substring(1) + "/"}) {
      assertEquals("state-invalid", openWith(weak, 422).problem());
    }
  }

  private Api.Answer openWith(String streamSecret, int status) {
    String json = "{\"stream_secret\":\"" + streamSecret + "\"}";
    Api.Answer answer =
        api()
            .send(
                api()
                    .request("/session")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(json))
                    .build());
    assertEquals(status, answer.status(), answer.text());
    return answer;
  }

  @Test
  void endingASessionEndsItsSocketAndItsStream() {
    Api.Session session = api().openSession();
    Api.Session other = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video")) {
      socket.sendImage(Pictures.jpeg());
      assertEquals(204, api().delete("/session", session.accessToken()).status());
      socket.awaitEvent("ended");
      assertEquals(1000, socket.awaitClose());
    }
    Api.Answer answer =
        api()
            .post(
                "/whep/" + session.stream(),
                other.accessToken(),
                "application/sdp",
                BodyPublishers.ofString(Offers.chromiumLike()));
    assertEquals(404, answer.status(), answer.text());
  }

  @Test
  void aSessionIsOpenedWithWhatIsKnownAndNothingElse() {
    Api.Answer answer =
        api()
            .send(
                api()
                    .request("/session")
                    .POST(BodyPublishers.ofString("{\"expires_on\":60}"))
                    .build());
    assertEquals(422, answer.status(), answer.text());
    assertEquals("/expires_on", answer.json().getString("pointer"));
  }

  @Test
  void aTokenOfTheOtherKindIsToldWhatItIs() {
    Api.Session session = api().openSession();
    Api.Answer refused = api().putJson("/session", session.accessToken(), "");
    assertEquals("token-wrong", refused.problem());
    assertTrue(refused.text().contains("takes the refresh token"), refused.text());
    refused = api().get("/session", session.refreshToken());
    assertEquals("token-wrong", refused.problem());
    assertTrue(refused.text().contains("only PUT /session takes"), refused.text());
    refused =
        api()
            .send(
                api()
                    .request("/session")
                    .header("Authorization", session.accessToken())
                    .GET()
                    .build());
    assertEquals("token-missing", refused.problem());
    assertTrue(refused.text().contains("Authorization: Bearer"), refused.text());
  }

  @Test
  void anImageIsLetGo() {
    String token = api().openSession().accessToken();
    String path = "/assets/" + upload(token);
    String selected = upload(token);
    String state = "{\"source\":\"" + selected + "\",\"layers\":[]}";
    assertEquals(200, api().putJson("/session/state", token, state).status());
    assertEquals(204, api().delete(path, token).status());
    assertEquals("asset-unknown", api().delete(path, token).problem());
    assertEquals("asset-in-use", api().delete("/assets/" + selected, token).problem());
    assertEquals(
        "The type of the asset is unknown",
        api()
            .post("/assets?type=background", token, "image/png", BodyPublishers.noBody())
            .json()
            .getString("title"));
  }

  private String upload(String token) {
    return api()
        .post(
            "/assets?type=source",
            token,
            "image/png",
            BodyPublishers.ofByteArray(Pictures.png(64, 48)))
        .json()
        .getString("asset_id");
  }

  @Test
  void settingsAreCheckedAgainstTheComponents() {
    String token = api().openSession().accessToken();
    Api.Answer broken = api().putJson("/session/state", token, "{\"layers\":");
    assertEquals(400, broken.status(), broken.text());
    Api.Answer good =
        api()
            .putJson(
                "/session/state",
                token,
                "{\"layers\":[{\"name\":\"detect\",\"options\":{\"confidence\":0.4}}]}");
    assertEquals(200, good.status(), good.text());
    assertEquals(
        0.4,
        api()
            .get("/session/state", token)
            .json()
            .getJsonArray("layers")
            .getJsonObject(0)
            .getJsonObject("options")
            .getJsonNumber("confidence")
            .doubleValue());
  }

  @Test
  void aSourceImageIsUploadedAndSelected() {
    String token = api().openSession().accessToken();
    Api.Answer asset =
        api()
            .post(
                "/assets?type=source",
                token,
                "image/png",
                BodyPublishers.ofByteArray(Pictures.png(64, 48)));
    assertEquals(201, asset.status(), asset.text());
    assertEquals(64, asset.json().getInt("width"));
    String id = asset.json().getString("asset_id");
    Api.Answer state =
        api()
            .putJson(
                "/session/state",
                token,
                "{\"source\":\"" + id + "\",\"layers\":[{\"name\":\"picture\"}]}");
    assertEquals(200, state.status(), state.text());
    try (StreamSocket socket = StreamSocket.open(api(), token, "image")) {
      socket.sendImage(Pictures.jpeg());
      assertEquals('v', socket.awaitMessage()[0]);
    }
    assertEquals(
        422,
        api().putJson("/session/state", token, "{\"source\":\"nothing\",\"layers\":[]}").status());
    assertEquals(
        415,
        api()
            .post("/assets?type=source", token, "text/plain", BodyPublishers.ofString("x"))
            .status());
    assertEquals(
        422,
        api()
            .post(
                "/assets?type=source",
                token,
                "image/png",
                BodyPublishers.ofByteArray(Pictures.pngHeader(20_000, 20_000)))
            .status());
    assertEquals(
        413,
        api()
            .post(
                "/assets?type=source",
                token,
                "image/png",
                BodyPublishers.ofByteArray(new byte[11 * 1024 * 1024]))
            .status());
  }

  @Test
  void readySaysWhatTheServerTakesAndWhereTheStreamIs() {
    for (String mode : new String[] {"image", "video"}) {
      Api.Session session = api().openSession();
      try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), mode)) {
        JsonObject ready = socket.ready();
        assertEquals(Set.of("type", "mode", "stream", "whep", "max_message_bytes"), ready.keySet());
        assertEquals(mode, ready.getString("mode"));
        assertEquals(session.stream(), ready.getString("stream"));
        assertEquals("/whep/" + session.stream(), ready.getString("whep"));
        assertEquals(8 << 20, ready.getInt("max_message_bytes"));
      }
    }
  }
}
