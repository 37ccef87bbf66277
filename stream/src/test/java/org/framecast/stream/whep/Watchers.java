package org.framecast.stream.whep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.framecast.rtc.PeerState;
import org.framecast.stream.transport.PeerTransport;
import org.framecast.stream.transport.PeerTransportProvider;
import org.framecast.stream.transport.PeerTransportSettings;
import org.framecast.stream.transport.UdpPorts;
import org.framecast.stream.transport.datachannel.TestViewer;

/**
 * The network of a sink with viewers under test: one native library, and viewers who ask by HTTP.
 */
public final class Watchers implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final PeerTransport transport =
      PeerTransportProvider.installed()
          .open(
              new PeerTransportSettings(
                  Optional.empty(),
                  Optional.of("127.0.0.1"),
                  new UdpPorts.Ephemeral(),
                  java.util.List.of(),
                  PeerTransportSettings.DEFAULT_NACK_HISTORY_PACKETS,
                  PeerTransportSettings.DEFAULT_CLOSE_DEADLINE),
              Executors.defaultThreadFactory());
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  /** What the sink needs of it. */
  public Map<Class<?>, Object> parts() {
    return Map.of(PeerTransport.class, transport, ScheduledExecutorService.class, timer);
  }

  /** Who is not connected yet. */
  TestViewer viewer() {
    return new TestViewer(transport, 96, 111);
  }

  /** Joins, and is connected when this returns. */
  public TestViewer join(URI endpoint) throws Exception {
    TestViewer viewer = viewer();
    HttpResponse<String> answer = offer(endpoint, viewer.offer());
    assertEquals(201, answer.statusCode(), answer.body());
    connect(viewer, answer.body());
    return viewer;
  }

  static void connect(TestViewer viewer, String answer) throws Exception {
    viewer.answer(answer);
    assertEquals(PeerState.CONNECTED, viewer.connected.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
  }

  HttpResponse<String> offer(URI endpoint, String sdp) throws Exception {
    return send("POST", endpoint, sdp, "Content-Type", "application/sdp");
  }

  HttpResponse<String> send(String method, URI to, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to).timeout(LIMIT).method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
    timer.shutdownNow();
    int peers = transport.livePeers();
    transport.close();
    assertEquals(0, peers, "peers left");
  }
}
