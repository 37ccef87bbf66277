package org.framecast.product;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The server's HTTP interface as a program outside sees it.
 *
 * <p><b>Ownership:</b> {@link #close} ends the sessions that were opened by {@link #openSession}.
 */
final class Api implements AutoCloseable {
  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(15)).build();
  private final Queue<Session> opened = new ConcurrentLinkedQueue<>();

  Api(URI base) {
    this.base = base;
  }

  /** An answer; a body that is no JSON object parses to an empty one. */
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    String text() {
      return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonObject json() {
      try (var reader = Json.createReader(new StringReader(text()))) {
        return reader.readObject();
      }
    }

    /** The last part of the problem's type: {@code token-missing}. */
    String problem() {
      if (!header("Content-Type").startsWith("application/problem+json")) {
        throw new AssertionError(
            status() + " is no problem document but " + header("Content-Type") + ": " + text());
      }
      String type = json().getString("type");
      return type.substring(type.lastIndexOf(':') + 1);
    }
  }

  /** A session as {@code POST /session} made it. */
  record Session(String id, String stream, String accessToken, String refreshToken) {}

  URI base() {
    return base;
  }

  HttpClient http() {
    return http;
  }

  URI uri(String path) {
    return base.resolve(path);
  }

  URI webSocket(String path) {
    return URI.create(uri(path).toString().replaceFirst("^http", "ws"));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
  }

  Answer send(HttpRequest request) {
    try {
      return new Answer(http.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  CompletableFuture<Answer> sendAsync(HttpRequest request) {
    return http.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(Answer::new);
  }

  Answer get(String path, String token) {
    return send(request(path).header("Authorization", "Bearer " + token).GET().build());
  }

  Answer delete(String path, String token) {
    return send(request(path).header("Authorization", "Bearer " + token).DELETE().build());
  }

  Answer putJson(String path, String token, String json) {
    return send(
        request(path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json))
            .build());
  }

  Answer post(String path, String token, String contentType, BodyPublisher body) {
    return send(
        request(path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", contentType)
            .POST(body)
            .build());
  }

  Session openSession() {
    Answer answer = send(request("/session").POST(BodyPublishers.noBody()).build());
    if (answer.status() != 201) {
      throw new AssertionError("POST /session: " + answer.status() + " " + answer.text());
    }
    JsonObject json = answer.json();
    Session session =
        new Session(
            json.getString("session_id"),
            json.getString("stream"),
            json.getString("access_token"),
            json.getString("refresh_token"));
    opened.add(session);
    return session;
  }

  /** Asks again until the answer suits or the deadline has passed; returns the last answer. */
  Answer await(
      java.util.function.Supplier<Answer> call,
      java.util.function.Predicate<Answer> suits,
      Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    Answer answer = call.get();
    while (!suits.test(answer) && System.nanoTime() < deadline) {
      java.util.concurrent.locks.LockSupport.parkNanos(100_000_000L);
      answer = call.get();
    }
    return answer;
  }

  @Override
  public void close() {
    try {
      opened.forEach(session -> delete("/session", session.accessToken()));
    } catch (UncheckedIOException e) {
      // The server has ended, and all sessions with it.
    }
    http.close();
  }
}
