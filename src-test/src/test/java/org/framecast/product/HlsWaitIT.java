package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests for what is not there yet: more of them than the server has threads, and how many. */
@OwnServer
class HlsWaitIT {
  private static final int BESIDE_THE_SHARED_SERVER = 300;
  private static final int OF_ADDRESS = 300;
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir static Path folder;

  /** A caller at an address of its own on loopback. */
  private record Caller(Api api, HttpClient http, Api.Session session) implements AutoCloseable {
    static Caller at(Api api, String address) throws IOException {
      HttpClient http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .localAddress(InetAddress.getByName(address))
              .build();
      return new Caller(api, http, api.openSession());
    }

    CompletableFuture<Api.Answer> get(String path) {
      return http.sendAsync(
              api.request(path)
                  .header("Authorization", "Bearer " + session.accessToken())
                  .timeout(SOON)
                  .GET()
                  .build(),
              BodyHandlers.ofByteArray())
          .thenApply(Api.Answer::new);
    }

    @Override
    public void close() {
      http.shutdownNow();
    }
  }

  @Test
  void whoWaitsKeepsNoThreadAndSoManyMay() throws Exception {
    try (ServerProcess server =
            ServerProcess.start(
                folder.resolve("server"),
                Product.portOffset() + BESIDE_THE_SHARED_SERVER,
                List.of(
                    // Whoever waits does so for three segments: time enough for all that is asked.
                    "-Dframecast.hls.segment-millis=10000",
                    // Nothing that warms up holds the requests up.
                    "-Dframecast.video.codecs=VP8,H264",
                    "-Dframecast.models.dir=",
                    "-Dframecast.hls.max-waiting=" + (OF_ADDRESS + 1),
                    "-Dframecast.hls.max-waiting-per-address=" + OF_ADDRESS));
        Api api = new Api(server.http())) {
      Api.Session owner = api.openSession();
      try (StreamSocket socket = StreamSocket.open(api, owner.accessToken(), "video");
          Publisher publisher = Publisher.start(socket);
          Caller one = Caller.at(api, "127.0.0.1");
          Caller other = Caller.at(api, "127.0.0.2")) {
        String path = playlistOf(api, owner);
        publisher.stop(); // nothing comes any more, and nothing ends
        allWait(new Health(api), path, one, other);
      }
    }
  }

  private static String playlistOf(Api api, Api.Session owner) {
    String index = "/hls/" + owner.stream() + "/index.m3u8";
    Api.Answer answer =
        api.await(() -> api.get(index, owner.accessToken()), it -> it.status() == 200, SOON);
    assertEquals(200, answer.status(), answer.text());
    String run =
        answer.text().lines().filter(line -> line.endsWith("video0.m3u8")).findFirst().get();
    return "/hls/" + owner.stream() + "/" + run;
  }

  private void allWait(Health health, String path, Caller one, Caller other) throws Exception {
    HlsPlaylistText now = new HlsPlaylistText(one.get(path).get().text());
    String next = path + "?_HLS_msn=" + (now.openSegment() + 1);
    List<CompletableFuture<Api.Answer>> waiting = new ArrayList<>();
    for (int i = 0; i < OF_ADDRESS; i++) {
      waiting.add(one.get(next));
    }
    health.await("hls_waiting", count -> count == OF_ADDRESS, SOON);
    Api.Answer tooMany = one.get(next).get();
    assertEquals(429, tooMany.status(), tooMany.text());
    assertEquals("too-many-waiting", tooMany.problem());
    assertEquals("1", tooMany.header("Retry-After"));
    CompletableFuture<Api.Answer> last = other.get(next);
    health.await("hls_waiting", count -> count == OF_ADDRESS + 1, SOON);
    Api.Answer full = other.get(next).get();
    assertEquals(503, full.status(), full.text());
    assertEquals("too-many-waiting", full.problem());
    // A player has lost its right while it waits.
    assertEquals(204, one.api().delete("/session", other.session().accessToken()).status());
    assertTrue(
        waiting.stream().noneMatch(CompletableFuture::isDone),
        "the server has answered others while these wait");
    for (CompletableFuture<Api.Answer> each : waiting) {
      Api.Answer late = each.get(SOON.toSeconds(), TimeUnit.SECONDS);
      assertEquals(503, late.status(), late.text());
      assertEquals("hls-not-ready", late.problem());
      assertEquals("1", late.header("Retry-After"));
    }
    assertEquals("token-wrong", last.get(SOON.toSeconds(), TimeUnit.SECONDS).problem());
    assertEquals(0, health.count("hls_waiting"));
  }
}
