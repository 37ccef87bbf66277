package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import org.framecast.stream.media.Codec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Live streams are watched over HTTP, and a player that waits costs no thread. */
@OwnServer
class HlsIT {
  private static final int BESIDE_THE_SHARED_SERVER = 300;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String TEST_SOURCE =
      "{\"source\":{\"kind\":\"test\",\"options\":{\"width\":320,\"height\":180}}}";

  @TempDir static Path folder;
  private static @Nullable ServerProcess server;

  private final Api api = new Api(Objects.requireNonNull(server).http());
  private final Health health = new Health(api);
  private Api.Session session;

  @BeforeAll
  static void startServer() {
    server =
        ServerProcess.start(
            folder.resolve("server"),
            Product.portOffset() + BESIDE_THE_SHARED_SERVER,
            List.of(
                "-Dframecast.demo.linger-seconds=1",
                "-Dframecast.video.codecs=VP8,H264",
                "-Dframecast.hls.idle-seconds=4",
                "-Dframecast.hls.max-streams=2"));
  }

  @AfterAll
  static void stopServer() {
    try (Api api = new Api(Objects.requireNonNull(server).http())) {
      new Health(api).await("hls_streams", count -> count == 0, SOON);
    } finally {
      Objects.requireNonNull(server).close();
    }
  }

  @BeforeEach
  void openSession() {
    session = api.openSession();
  }

  @AfterEach
  void endSession() {
    api.delete("/session", session.accessToken());
    api.close();
  }

  /** What others have left ends when nobody asks for it any more. */
  private void awaitNone() {
    health.await("hls_streams", count -> count == 0, SOON);
  }

  private Api.Answer get(String path) {
    return api.get(path, session.accessToken());
  }

  private static String index(String stream) {
    return "/hls/" + stream + "/index.m3u8";
  }

  private Api.Answer begun(String stream) {
    Api.Answer index = api.await(() -> get(index(stream)), it -> it.status() == 200, SOON);
    assertEquals(200, index.status(), index.text());
    return index;
  }

  /** The path of a rendition's playlist. */
  private static String path(String stream, Api.Answer index, String rendition) {
    return index
        .text()
        .lines()
        .filter(line -> line.endsWith("/" + rendition + ".m3u8"))
        .findFirst()
        .map(line -> "/hls/" + stream + "/" + line)
        .orElseThrow(() -> new AssertionError(index.text()));
  }

  private HlsPlaylistText playlist(String path) {
    Api.Answer answer = get(path);
    assertEquals(200, answer.status(), answer.text());
    return new HlsPlaylistText(answer.text());
  }

  private static String beside(String path, String name) {
    return path.substring(0, path.lastIndexOf('/') + 1) + name;
  }

  private static CompletableFuture<Api.Answer> async(Api from, String path, String token) {
    return from.sendAsync(
        from.request(path).header("Authorization", "Bearer " + token).GET().build());
  }

  private static Api.Answer in(CompletableFuture<Api.Answer> answer) {
    try {
      return answer.get(SOON.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void playlistsAreAsTheStandardWantsAndGrow() {
    Api.Answer index = begun("demo");
    assertEquals("application/vnd.apple.mpegurl", index.header("Content-Type"));
    assertEquals("no-store", index.header("Cache-Control"));
    assertTrue(index.text().startsWith("#EXTM3U\n"), index.text());
    assertEquals(2, index.text().split("#EXT-X-STREAM-INF:").length - 1, index.text());
    assertTrue(index.text().contains("RESOLUTION=960x540"), index.text());
    assertTrue(index.text().contains("#EXT-X-MEDIA:TYPE=AUDIO"), index.text());
    String path = path("demo", index, "video0");
    HlsPlaylistText grown =
        new HlsPlaylistText(
            api.await(
                    () -> get(path),
                    it -> new HlsPlaylistText(it.text()).segments().size() > 2,
                    SOON)
                .text());
    double longest = grown.seconds("EXT-X-PART-INF", "PART-TARGET");
    assertTrue(
        grown.seconds("EXT-X-SERVER-CONTROL", "PART-HOLD-BACK") >= 3 * longest - 0.01,
        grown.text());
    for (MatchResult segment : grown.segments()) {
      assertTrue(Math.round(Double.parseDouble(segment.group(1))) <= 2, grown.text());
    }
    for (MatchResult part : grown.parts()) {
      assertTrue(Double.parseDouble(part.group(1)) <= longest, grown.text());
    }
    assertFalse(grown.ended());
    mediaIsThere(path, grown);
  }

  private void mediaIsThere(String path, HlsPlaylistText playlist) {
    String header = playlist.tag("EXT-X-MAP").replaceFirst("URI=\"([^\"]+)\".*", "$1");
    Api.Answer init = get(beside(path, header));
    assertEquals("video/mp4", init.header("Content-Type"));
    assertEquals("private, max-age=60, immutable", init.header("Cache-Control"));
    assertEquals("ftyp", box(init));
    for (String name :
        List.of(
            playlist.segments().getFirst().group(2),
            playlist.segments().getLast().group(2),
            playlist.parts().getLast().group(2))) {
      Api.Answer media = get(beside(path, name));
      assertEquals(200, media.status(), media.text());
      assertTrue(List.of("moof", "styp").contains(box(media)), box(media));
    }
  }

  private static String box(Api.Answer media) {
    return new String(media.response().body(), 4, 4, StandardCharsets.US_ASCII);
  }

  @Test
  void aReloadIsAnsweredWhenThePartIsThere() {
    String path = path("demo", begun("demo"), "video0");
    for (int round = 0; round < 4; round++) {
      HlsPlaylistText now = playlist(path);
      int next = now.openParts().size();
      HlsPlaylistText later =
          playlist(path + "?_HLS_msn=" + now.openSegment() + "&_HLS_part=" + next);
      boolean there = later.openSegment() > now.openSegment() || later.openParts().size() > next;
      assertTrue(there, "asked for part " + next + " of\n" + now + "\ngot\n" + later);
      Api.Answer hinted = get(beside(path, later.hint()));
      assertEquals(200, hinted.status(), "a part that was told of is waited for");
      assertTrue(hinted.response().body().length > 100);
    }
    HlsPlaylistText now = playlist(path);
    HlsPlaylistText whole = playlist(path + "?_HLS_msn=" + now.openSegment());
    assertTrue(whole.openSegment() > now.openSegment(), whole.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"whip", "socket", "document"})
  void everyKindOfStreamIsWatched(String kind) throws Exception {
    switch (kind) {
      case "whip" -> {
        try (RtcPublisher publisher = RtcPublisher.start(api, session, Codec.VP8)) {
          segmentComes(session.stream());
        }
      }
      case "socket" -> {
        try (StreamSocket socket = StreamSocket.open(api, session.accessToken(), "video");
            Publisher publisher = Publisher.start(socket)) {
          segmentComes(session.stream());
        }
      }
      default -> segmentComes(document());
    }
  }

  private String document() {
    Api.Answer made =
        api.post(
            "/streams",
            session.accessToken(),
            "application/json",
            BodyPublishers.ofString(TEST_SOURCE));
    assertEquals(201, made.status(), made.text());
    return made.json().getString("name");
  }

  private void segmentComes(String stream) {
    String path = path(stream, begun(stream), "video1");
    HlsPlaylistText playlist = playlist(path + "?_HLS_msn=1");
    assertTrue(playlist.segments().size() > 1, playlist.text());
    mediaIsThere(path, playlist);
  }

  @Test
  void whoPlaysIsAmongTheViewersAndGoesAgain() {
    String stream = document();
    String path = path(stream, begun(stream), "video0");
    assertEquals(List.of(), viewers(stream), "who asks for the index alone plays nothing");
    Api.Session other = api.openSession();
    for (int i = 0; i < 2; i++) {
      assertEquals(200, get(path).status());
      assertEquals(200, api.get(path, other.accessToken()).status());
    }
    List<JsonObject> both = viewers(stream);
    assertEquals(2, both.size(), both.toString());
    assertEquals(List.of("hls", "hls"), both.stream().map(one -> one.getString("way")).toList());
    assertEquals(2, get("/streams/" + stream + "/stats").json().getInt("viewers"));
    JsonObject listed =
        get("/streams").json().getJsonArray("streams").getValuesAs(JsonObject.class).stream()
            .filter(one -> one.getString("name").equals(stream))
            .findFirst()
            .orElseThrow();
    assertEquals(2, listed.getInt("viewers"));
    api.delete("/session", other.accessToken());
    api.await(
        () -> get("/streams/" + stream + "/viewers"),
        it -> it.json().getJsonArray("viewers").isEmpty(),
        SOON);
    assertEquals(List.of(), viewers(stream), "who asks no more is gone");
  }

  private List<JsonObject> viewers(String stream) {
    return get("/streams/" + stream + "/viewers")
        .json()
        .getJsonArray("viewers")
        .getValuesAs(JsonObject.class);
  }

  @Test
  void withoutATokenThereIsNothing() {
    String path = path("demo", begun("demo"), "video0");
    String media = beside(path, "video0-init.mp4");
    assertEquals(200, get(media).status());
    for (String each : List.of(index("demo"), path, path + "?_HLS_msn=1", media)) {
      Api.Answer none = api.send(api.request(each).GET().build());
      assertEquals(401, none.status(), each);
      assertEquals("token-missing", none.problem());
      assertEquals("token-wrong", api.get(each, "x".repeat(43)).problem());
    }
  }

  @Test
  void aStreamThatIsPassedOnPlaysToo() {
    String path = path("demo-raw", begun("demo-raw"), "video0");
    HlsPlaylistText grown =
        new HlsPlaylistText(
            api.await(
                    () -> get(path),
                    it -> !new HlsPlaylistText(it.text()).segments().isEmpty(),
                    SOON)
                .text());
    assertFalse(grown.segments().isEmpty(), grown.text());
  }

  @Test
  void aStreamOfSingleImagesIsNotOffered() {
    try (StreamSocket socket = StreamSocket.open(api, session.accessToken(), "image")) {
      socket.ready();
      Api.Answer images = get(index(session.stream()));
      assertEquals(409, images.status(), images.text());
      assertEquals("not-published", images.problem());
      assertFalse(socket.isClosed());
    }
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertEquals("stream-unknown", get(index("nobody")).problem());
    Api.Answer idle = get(index(session.stream()));
    assertEquals(409, idle.status(), idle.text());
    assertEquals("not-published", idle.problem());
    assertEquals("2", idle.header("Retry-After"));
    String path = path("demo", begun("demo"), "video0");
    for (String wrong :
        List.of(
            beside(path, "video9.m3u8"),
            beside(path, "video9.m3u8") + "?_HLS_msn=0",
            beside(path, "video0-99.m4s"),
            beside(path, "..%2Findex.m3u8"),
            "/hls/demo/other/video0.m3u8",
            "/hls/" + session.stream() + path.substring("/hls/demo".length()))) {
      assertEquals(404, get(wrong).status(), wrong);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "_HLS_part=1, hls-malformed",
    "_HLS_msn=, hls-malformed",
    "_HLS_msn=-1, hls-malformed",
    "_HLS_msn=1&_HLS_part=x, hls-malformed",
    "_HLS_msn=99999999999999999999, hls-malformed",
    "_HLS_msn=999999999, hls-too-far"
  })
  void aPlaceThatCannotBeIsRefused(String query, String problem) {
    Api.Answer refused = get(path("demo", begun("demo"), "video0") + "?" + query);
    assertEquals(400, refused.status(), refused.text());
    assertEquals(problem, refused.problem());
  }

  @Test
  void itEndsWhenNobodyAsksAndItsEncodersGo() {
    awaitNone();
    String path = path("demo", begun("demo"), "video0");
    assertEquals(1, health.count("hls_streams"));
    assertTrue(health.count("encoders") >= 2, "one for each size");
    health.await("hls_streams", count -> count == 0, SOON);
    for (String name : List.of("encoders", "streams_live", "native_codecs")) {
      health.await(name, count -> count == 0, SOON);
    }
    assertEquals("hls-unknown", get(path).problem());
    String again = path("demo", begun("demo"), "video0");
    assertFalse(again.equals(path), "what was kept of the first is not taken for the second's");
  }

  @Test
  void soManyStreamsAtATime() {
    awaitNone();
    String first = document();
    String second = document();
    begun(first);
    // The first is asked for as well, so that it is there when the second is.
    Api.Answer both =
        api.await(
            () -> get(index(first)).status() == 200 ? get(index(second)) : begun(first),
            it -> it.response().uri().getPath().equals(index(second)) && it.status() == 200,
            SOON);
    assertEquals(200, both.status(), both.text());
    Api.Answer full = get(index("demo"));
    assertEquals(503, full.status(), full.text());
    assertEquals("too-many-hls-streams", full.problem());
    assertEquals("10", full.header("Retry-After"));
    assertEquals(200, get(index(first)).status(), "those that are there go on");
    api.delete("/streams/" + first, session.accessToken());
    begun("demo");
  }

  /** A segment may come before the end does: then another stream is ended. */
  @Test
  void aStreamThatEndsSaysSo() {
    awaitNone();
    long deadline = System.nanoTime() + SOON.toNanos();
    while (endOfAStreamThatIsWaitedFor().isEmpty()) {
      assertTrue(System.nanoTime() < deadline, "no end came to who waited");
    }
  }

  /** What who waits for the next segment gets at the end; empty when it is that segment. */
  private Optional<HlsPlaylistText> endOfAStreamThatIsWaitedFor() {
    String stream = document();
    String path = path(stream, begun(stream), "video0");
    HlsPlaylistText now = playlist(path + "?_HLS_msn=1");
    CompletableFuture<Api.Answer> waiting =
        async(api, path + "?_HLS_msn=" + (now.openSegment() + 1), session.accessToken());
    health.await("hls_waiting", count -> count == 1 || waiting.isDone(), SOON);
    api.delete("/streams/" + stream, session.accessToken());
    Api.Answer answer = in(waiting);
    assertEquals(200, answer.status(), answer.text());
    HlsPlaylistText end = new HlsPlaylistText(answer.text());
    assertEquals(404, get(index(stream)).status());
    if (!end.ended() && end.openSegment() > now.openSegment() + 1) {
      return Optional.empty();
    }
    assertTrue(end.ended(), end.text());
    assertEquals(200, get(beside(path, end.segments().getLast().group(2))).status());
    return Optional.of(end);
  }

  @Test
  void anotherSitesPlayerMayAsk() {
    for (String path : List.of(index("demo"), "/hls/demo/run/video0.m3u8")) {
      Api.Answer preflight =
          api.send(
              api.request(path)
                  .header("Origin", "https://player.example")
                  .header("Access-Control-Request-Method", "GET")
                  .header("Access-Control-Request-Headers", "authorization")
                  .method("OPTIONS", BodyPublishers.noBody())
                  .build());
      assertEquals(200, preflight.status(), preflight.text());
      assertEquals("*", preflight.header("Access-Control-Allow-Origin"));
      assertTrue(preflight.header("Access-Control-Allow-Headers").contains("Authorization"));
      assertTrue(preflight.header("Access-Control-Allow-Methods").contains("GET"));
    }
    Api.Answer index =
        api.send(
            api.request(index("demo"))
                .header("Authorization", "Bearer " + session.accessToken())
                .header("Origin", "https://player.example")
                .GET()
                .build());
    assertEquals("*", index.header("Access-Control-Allow-Origin"));
  }

  @Test
  void anIndexIsAskedForByItsHeadToo() throws IOException {
    begun("demo");
    Api.Answer head =
        api.send(
            api.request(index("demo"))
                .header("Authorization", "Bearer " + session.accessToken())
                .method("HEAD", BodyPublishers.noBody())
                .build());
    assertEquals(200, head.status());
    assertEquals("application/vnd.apple.mpegurl", head.header("Content-Type"));
  }

  /** WebRTC is kept from the network; the watch page finds its other way by itself. */
  @Test
  void withoutUdpTheWatchPageAndTheStudioPlayOverHttp() {
    awaitNone();
    Browser.run(
        "watch-by-hls.mjs",
        Duration.ofSeconds(250),
        List.of("--base=" + Objects.requireNonNull(server).http(), "--stream=demo"));
  }
}
