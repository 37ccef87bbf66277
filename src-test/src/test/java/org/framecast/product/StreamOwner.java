package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * A session that makes streams of documents and records streams.
 *
 * <p><b>Ownership:</b> {@link #close} ends the session, and with it its streams.
 *
 * @param recordings the server's folder of them
 */
record StreamOwner(Api api, Api.Session session, Path recordings) implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(60);

  /** A source of the sample plug-in that counts until it is ended, 25 times a second. */
  static final String COUNTER =
      "\"source\":{\"kind\":\"counter\",\"options\":{\"pictures\":0,\"paced\":true}}";

  static StreamOwner open(URI server, Path recordings) {
    Api api = new Api(server);
    return new StreamOwner(api, api.openSession(), recordings);
  }

  String token() {
    return session.accessToken();
  }

  /** Asks for a stream of a document with these members. */
  Api.Answer make(String members) {
    return api.post(
        "/streams", token(), "application/json", BodyPublishers.ofString("{" + members + "}"));
  }

  /** The name of a stream that was made. */
  String made(String members) {
    Api.Answer answer = make(members);
    assertEquals(201, answer.status(), answer.text());
    String name = answer.json().getString("name");
    assertTrue(answer.header("Location").endsWith("/streams/" + name), answer.header("Location"));
    return name;
  }

  Api.Answer show(String name) {
    return get("/streams/" + name);
  }

  /** Shows it until it suits. */
  Api.Answer show(String name, Predicate<JsonObject> suits) {
    Api.Answer last = api.await(() -> show(name), answer -> suits.test(answer.json()), SOON);
    assertTrue(suits.test(last.json()), last.text());
    return last;
  }

  /** What the first sink of a stream has taken. */
  static int items(JsonObject stream) {
    return stream.getJsonArray("sinks").getJsonObject(0).getInt("items");
  }

  Api.Answer patch(String name, String json) {
    return api.send(
        api.request("/streams/" + name)
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json))
            .build());
  }

  Api.Answer end(String name) {
    return api.delete("/streams/" + name, token());
  }

  Api.Answer record(String stream) {
    return api.post(
        "/streams/" + stream + "/recording", token(), "application/json", BodyPublishers.noBody());
  }

  Api.Answer endRecording(String stream) {
    return api.delete("/streams/" + stream + "/recording", token());
  }

  Api.Answer download(String file, String... headers) {
    HttpRequest.Builder request =
        api.request("/recordings/" + file).header("Authorization", "Bearer " + token());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return api.send(request.GET().build());
  }

  Api.Answer get(String path) {
    return api.get(path, token());
  }

  /** A file in the session's own folder. */
  Path own(String file) {
    return recordings.resolve(session.stream()).resolve(file);
  }

  /** Puts a file there. */
  void put(String file, String content) throws IOException {
    Files.createDirectories(own(""));
    Files.writeString(own(file), content);
  }

  @Override
  public void close() {
    api.delete("/session", token());
    api.close();
  }
}
