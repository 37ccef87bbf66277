package org.framecast.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The endpoint that is held to the clauses.
 *
 * @param token its bearer token, if it wants one
 * @param idle a known stream of the same server that nobody publishes
 * @param flood how many requests the probe of rate limits may send
 */
public record Endpoint(
    URI uri,
    Protocol protocol,
    Optional<String> token,
    Optional<URI> idle,
    int flood,
    HttpClient http) {
  /** The media type of offers. */
  static final String SDP = "application/sdp";

  /** The media type of later candidates. */
  static final String FRAGMENT = "application/trickle-ice-sdpfrag";

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int ATTEMPTS = 40;
  private static final long RETRY_NANOS = 250_000_000L;

  /** Whether it sends media or takes it. */
  public enum Protocol {
    WHEP,
    WHIP
  }

  /** An endpoint without further knowledge. */
  public static Endpoint of(URI uri, Protocol protocol, Optional<String> token) {
    return new Endpoint(
        uri,
        protocol,
        token,
        Optional.empty(),
        0,
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build());
  }

  /** An answer. */
  public record Reply(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    List<String> headers(String name) {
      return response.headers().allValues(name);
    }

    boolean isSuccess() {
      return status() / 100 == 2;
    }

    Reply require(int... statuses) {
      Check.require(
          Arrays.stream(statuses).anyMatch(status -> status == status()),
          "answered " + status() + " instead of " + Arrays.toString(statuses));
      return this;
    }

    Reply requireSuccess() {
      Check.require(isSuccess(), "answered " + status());
      return this;
    }

    /** Words of a header that lists some, in lower case. */
    List<String> words(String name) {
      return headers(name).stream()
          .flatMap(line -> Arrays.stream(line.split(",")))
          .map(word -> word.strip().toLowerCase(java.util.Locale.ROOT))
          .toList();
    }
  }

  HttpRequest.Builder request(URI to) {
    HttpRequest.Builder request = HttpRequest.newBuilder(to).timeout(LIMIT);
    token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    return request;
  }

  static HttpRequest.Builder anonymous(URI to) {
    return HttpRequest.newBuilder(to).timeout(LIMIT);
  }

  Reply send(HttpRequest.Builder request) {
    try {
      Reply reply = new Reply(http.send(request.build(), BodyHandlers.ofString()));
      boolean redirect = reply.status() / 100 == 3;
      Check.require(!redirect || reply.status() == 307, "redirects by " + reply.status());
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Check.NotApplicable("interrupted");
    }
  }

  Reply post(String type, String body) {
    return send(request(uri).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  Reply offer(String sdp) {
    return post(SDP, sdp);
  }

  /**
   * Opens a session; whoever opens one closes it.
   *
   * @throws Check.Departure when the offer is refused
   */
  Opened open(String sdp) {
    return opened(patientOffer(sdp).require(201));
  }

  /** An offer; where it meets a publisher before it, who may still be leaving, more than one. */
  Reply patientOffer(String sdp) {
    Reply reply = offer(sdp);
    for (int i = 0; reply.status() == 409 && i < ATTEMPTS; i++) {
      java.util.concurrent.locks.LockSupport.parkNanos(RETRY_NANOS);
      reply = offer(sdp);
    }
    return reply;
  }

  /** The session that an offer opened. */
  Opened opened(Reply reply) {
    String location = reply.header("Location");
    Check.require(!location.isEmpty(), "the 201 has no Location");
    return new Opened(this, uri.resolve(location), reply);
  }

  /** Opens a session by an offer as browsers make it. */
  Opened open() {
    return open(Offers.usual(protocol).text());
  }

  /** The same server's address of another stream. */
  URI sibling(String stream) {
    return URI.create(uri.toString().replaceFirst("/[^/]+/?$", "/" + stream));
  }

  /** A session that was opened; closing it asks the server to end it. */
  record Opened(Endpoint endpoint, URI session, Reply created) implements AutoCloseable {
    Answer answer() {
      return Answer.parse(created.body());
    }

    String etag() {
      return created.header("ETag");
    }

    HttpRequest.Builder request() {
      return endpoint.request(session);
    }

    Reply get() {
      return endpoint.send(request().GET());
    }

    Reply delete() {
      return endpoint.send(request().DELETE());
    }

    Reply patch(String type, String body) {
      return patch(type, Optional.of(etag()), body);
    }

    Reply patch(String type, Optional<String> ifMatch, String body) {
      HttpRequest.Builder request = request().header("Content-Type", type);
      ifMatch.ifPresent(tag -> request.header("If-Match", tag));
      return endpoint.send(request.method("PATCH", BodyPublishers.ofString(body)));
    }

    @Override
    public void close() {
      try {
        delete();
      } catch (RuntimeException e) {
        // It is over one way or the other; the verdict stands.
        return;
      }
    }
  }
}
