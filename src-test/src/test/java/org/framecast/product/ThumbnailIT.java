package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.framecast.stream.media.Codec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams in small: for who may watch them, seldom made, and only of what somebody looks at. */
@OwnServer
class ThumbnailIT {
  private static final Duration SOON = StreamOwner.SOON;

  /** What the server warms up with at its start is gone by then, on a busy machine too. */
  private static final Duration WARM = Duration.ofSeconds(120);

  private static final String BARS =
      "\"source\":{\"kind\":\"test\",\"options\":{\"width\":640,\"height\":360}}";

  @TempDir static Path folder;
  private static @Nullable DocumentServer server;

  private final StreamOwner owner = Objects.requireNonNull(server).owner();
  private final Health health = new Health(owner.api());

  @BeforeAll
  static void startServer() throws IOException {
    server =
        DocumentServer.start(
            folder,
            DocumentServer.WITH_DETECTOR,
            "framecast.previews.max=2",
            "framecast.previews.linger-seconds=2",
            "framecast.previews.thumbnail-side=200",
            "framecast.demo.linger-seconds=4");
    server.awaitWarm(WARM);
  }

  @AfterAll
  static void stopServer() {
    Objects.requireNonNull(server).close();
  }

  @AfterEach
  void endSession() {
    owner.api().delete("/session", owner.token());
    health.await("previews", count -> count == 0, SOON);
    owner.api().close();
  }

  private Api.Answer thumbnail(String stream) {
    return owner.get("/streams/" + stream + "/thumbnail");
  }

  private BufferedImage seen(String stream) {
    Api.Answer answer = owner.api().await(() -> thumbnail(stream), it -> it.status() == 200, SOON);
    assertEquals(200, answer.status(), answer.text());
    assertEquals("image/jpeg", answer.header("Content-Type"));
    assertEquals("no-store", answer.header("Cache-Control"));
    return Pictures.decode(answer.response().body(), 0);
  }

  @Test
  void itIsSmallAndInTheProportionsOfThePicture() {
    String stream = owner.made(BARS);
    BufferedImage picture = seen(stream);
    assertEquals(200, picture.getWidth());
    assertEquals(112, picture.getHeight());
    // SMPTE bars: grey on the left, blue on the right.
    assertTrue((picture.getRGB(8, 40) >> 8 & 255) > 150, "the grey bar");
    int blue = picture.getRGB(190, 40);
    assertTrue((blue & 255) > 120 && (blue >> 16 & 255) < 90, "the blue bar");
  }

  @Test
  void aSessionsPictureIsNotMadeLarger() {
    try (StreamSocket socket = StreamSocket.open(owner.api(), owner.token(), "video");
        Publisher publisher =
            Publisher.start(socket, List.of(Pictures.plain(160, 120, 130, "jpeg")))) {
      BufferedImage picture = seen(owner.session().stream());
      assertEquals(160, picture.getWidth());
      assertEquals(120, picture.getHeight());
      assertEquals(130, picture.getRGB(80, 60) & 255, 12);
      assertTrue(publisher.isRunning());
    }
  }

  @Test
  void whatIsPassedOnByWhipIsDecodedWhileSomebodyLooks() {
    String stream = owner.session().stream();
    try (RtcPublisher publisher = RtcPublisher.start(owner.api(), owner.session(), Codec.VP8)) {
      health.await("decoders", count -> count == 0, SOON);
      health.await("decoders", count -> isSeen(stream) && count == 1, SOON);
      health.await("previews", count -> count == 0, SOON);
      health.await("decoders", count -> count == 0, SOON);
      assertTrue(publisher.keyframesAsked() > 0, "it was decoded for who looks");
    }
  }

  /** Looks at it, so that it is looked at for as long as it lingers. */
  private boolean isSeen(String stream) {
    return seen(stream).getWidth() > 0;
  }

  /** However many ask: the pictures move, and are looked at again and again for seconds. */
  @Test
  void itIsMadeOnceASecondAtMost() {
    String stream = owner.made(BARS);
    seen(stream);
    Set<Integer> made = new HashSet<>();
    int asked = 0;
    long begin = System.nanoTime();
    while (made.size() < 3) {
      made.add(Arrays.hashCode(thumbnail(stream).response().body()));
      asked++;
      assertTrue(System.nanoTime() - begin < SOON.toNanos(), made.size() + " pictures");
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    // The first is there already, the third as soon as the second is a second old.
    assertTrue(seconds >= 1, "3 pictures in " + seconds + " s");
    assertTrue(asked > made.size(), "asked " + asked + " times");
  }

  @Test
  void nothingIsKeptOfAStreamThatNobodyLooksAt() {
    String stream = owner.made(BARS);
    owner.show(stream, it -> it.getString("state").equals("running"));
    assertEquals(0, health.count("previews"));
    long threads = steadyThreads();
    seen(stream);
    assertEquals(1, health.count("previews"));
    health.await("threads", count -> count == threads + 1, SOON);
    assertTrue(owner.show(stream).json().getJsonArray("sinks").isEmpty(), "none of the document's");
    health.await("previews", count -> count == 0, SOON);
    health.await("threads", count -> count == threads, SOON);
    seen(stream);
  }

  /** Those of what has ended before go one by one. */
  private long steadyThreads() {
    long deadline = System.nanoTime() + SOON.toNanos();
    long threads = health.count("threads");
    int same = 0;
    while (same < 20) {
      assertTrue(System.nanoTime() < deadline, "threads come and go");
      LockSupport.parkNanos(50_000_000L);
      long now = health.count("threads");
      same = now == threads ? same + 1 : 0;
      threads = now;
    }
    return threads;
  }

  @Test
  void soManyStreamsAreLookedAtAsMayBe() {
    String first = owner.made(BARS);
    String second = owner.made(BARS);
    String third = owner.made(BARS);
    seen(first);
    seen(second);
    Api.Answer full = thumbnail(third);
    assertEquals(503, full.status(), full.text());
    assertEquals("too-many-previews", full.problem());
    assertTrue(Integer.parseInt(full.header("Retry-After")) > 0);
    assertEquals(204, owner.end(first).status());
    seen(third);
  }

  /** As with watching: whoever has the name and a token. */
  @Test
  void itIsForWhoMayWatch() {
    String stream = owner.made(BARS);
    seen(stream);
    StreamOwner other = Objects.requireNonNull(server).owner();
    String path = "/streams/" + stream + "/thumbnail";
    assertEquals(200, other.get(path).status());
    other.close();
    assertEquals("token-wrong", owner.api().get(path, "none").problem());
    assertEquals(
        "token-missing", owner.api().send(owner.api().request(path).GET().build()).problem());
    assertEquals("stream-unknown", thumbnail("s-none").problem());
    assertEquals("not-published", thumbnail(owner.session().stream()).problem());
  }

  @Test
  void askingStartsNoStream() {
    assertEquals("no-preview", thumbnail("demo").problem());
    assertEquals(0, health.count("streams_live"));
  }

  @Test
  void theListSaysWhichStreamsHaveOne() {
    String stream = owner.made(BARS);
    try (RtcViewer demo = RtcViewer.join(owner.api(), "demo", owner.token());
        RtcViewer raw = RtcViewer.join(owner.api(), "demo-raw", owner.token())) {
      demo.awaitVideoPackets(1);
      // Its clip is made when somebody comes for the first time.
      raw.awaitVideoPackets(1);
      assertEquals("live", entry("demo-raw").getString("state"));
      assertTrue(entry(stream).getBoolean("preview"));
      assertTrue(entry("demo").getBoolean("preview"));
      assertTrue(entry("demo-raw").getBoolean("preview"));
      seen("demo");
      seen("demo-raw");
    }
    assertTrue(!entry(owner.session().stream()).getBoolean("preview"));
  }

  private JsonObject entry(String name) {
    return owner
        .get("/streams")
        .json()
        .getJsonArray("streams")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(stream -> stream.getString("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aPictureThatDoesNotChangeIsTheSameFile() {
    try (StreamSocket socket = StreamSocket.open(owner.api(), owner.token(), "video");
        Publisher publisher =
            Publisher.start(socket, List.of(Pictures.plain(160, 120, 60, "jpeg")))) {
      String stream = owner.session().stream();
      seen(stream);
      assertArrayEquals(thumbnail(stream).response().body(), thumbnail(stream).response().body());
      assertTrue(publisher.isRunning());
    }
  }
}
