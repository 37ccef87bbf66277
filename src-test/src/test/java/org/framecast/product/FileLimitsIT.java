package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files may cost the server, each at its edge: read, written, kept, sent. */
@OwnServer
class FileLimitsIT {
  private static final int WIDTH = 192;
  private static final int HEIGHT = 108;
  private static final int DOWNLOADS = 2;
  private static final long OWNER_BYTES = 400_000;

  /** More than sockets and their buffers hold. */
  private static final long LARGE = 256L << 20;

  @TempDir static Path folder;
  private static @Nullable DocumentServer server;

  private final StreamOwner owner = Objects.requireNonNull(server).owner();

  @BeforeAll
  static void startServer() throws IOException {
    server =
        DocumentServer.start(
            folder,
            "framecast.files.max-pixels=" + WIDTH * HEIGHT,
            "framecast.files.max-tracks=1",
            "framecast.recordings.max-downloads=" + DOWNLOADS,
            "framecast.recordings.max-owner-bytes=" + OWNER_BYTES);
  }

  @AfterAll
  static void stopServer() {
    Objects.requireNonNull(server).close();
  }

  @AfterEach
  void endSession() {
    owner.close();
  }

  private static String pattern(int width, String more) {
    return "\"source\":{\"kind\":\"test\",\"options\":{\"width\":"
        + width
        + ",\"height\":"
        + HEIGHT
        + more
        + "}}";
  }

  private static String file(String path, String more) {
    return ",\"sinks\":[{\"kind\":\"file\",\"options\":{\"path\":\"" + path + "\"" + more + "}}]";
  }

  /** Has the server write a file of a few pictures. */
  private void written(String path, int width, String more) {
    String stream =
        owner.made(pattern(width, ",\"frames\":5,\"pace\":\"fast\"" + more) + file(path, ""));
    owner.show(stream, it -> it.getString("state").equals("ended"));
    owner.end(stream);
    assertTrue(Files.exists(owner.own(path)), path);
  }

  private Api.Answer played(String path) {
    return owner.make("\"source\":{\"kind\":\"file\",\"options\":{\"path\":\"" + path + "\"}}");
  }

  @Test
  void aPictureOfAFileHasSoManyPixelsAtMost() {
    written("fits.mp4", WIDTH, ",\"audio\":false");
    written("wide.mp4", WIDTH + 2, ",\"audio\":false");
    assertEquals(201, played("fits.mp4").status());
    Api.Answer wide = played("wide.mp4");
    assertEquals(422, wide.status(), wide.text());
    assertEquals("/source", wide.json().getString("pointer"));
  }

  @Test
  void aFileHasSoManyTracksAtMost() {
    written("one.mp4", WIDTH, ",\"audio\":false");
    written("two.mp4", WIDTH, ",\"audio\":true");
    assertEquals(201, played("one.mp4").status());
    assertEquals(422, played("two.mp4").status());
  }

  @Test
  void soManyDownloadsAreUnderWayAtATime() throws IOException, InterruptedException {
    owner.put("large.mp4", "");
    try (RandomAccessFile large = new RandomAccessFile(owner.own("large.mp4").toFile(), "rw")) {
      large.setLength(LARGE);
    }
    List<InputStream> hanging = new ArrayList<>();
    for (int i = 0; i < DOWNLOADS; i++) {
      HttpResponse<InputStream> answer = open("large.mp4");
      assertEquals(200, answer.statusCode());
      hanging.add(answer.body());
      assertEquals(0, answer.body().read());
    }
    Api.Answer full = owner.download("large.mp4", "Range", "bytes=0-9");
    assertEquals(503, full.status(), full.text());
    assertEquals("too-many-downloads", full.problem());
    assertTrue(Integer.parseInt(full.header("Retry-After")) > 0);
    hanging.getFirst().close();
    Api.Answer again =
        owner
            .api()
            .await(
                () -> owner.download("large.mp4", "Range", "bytes=0-9"),
                answer -> answer.status() == 206,
                StreamOwner.SOON);
    assertEquals(206, again.status(), again.text());
    hanging.getLast().close();
  }

  private HttpResponse<InputStream> open(String file) throws IOException, InterruptedException {
    HttpRequest request =
        owner
            .api()
            .request("/recordings/" + file)
            .header("Authorization", "Bearer " + owner.token())
            .GET()
            .build();
    return owner.api().http().send(request, BodyHandlers.ofInputStream());
  }

  /** The viewers' stream goes on; what was written is whole. */
  @Test
  void aSinkIsCompletedWhenItsOwnersBytesAreFull() {
    String stream =
        owner.made(
            "\"source\":{\"kind\":\"test\",\"options\":{\"width\":640,\"height\":360,"
                + "\"pattern\":\"scrolling-noise\"}}"
                + file("long.mp4", ",\"bitrateKbps\":2000,\"whenBehind\":\"drop\""));
    Api.Answer full = owner.show(stream, it -> sink(it).getString("state").equals("finished"));
    assertEquals("running", full.json().getString("state"));
    Probe whole = Probe.of(owner.own("long.mp4"));
    assertTrue(whole.pictures() > 5, whole.toString());
    assertEquals(sink(full.json()).getInt("items") > 5, true, full.text());

    Api.Answer next = owner.make(pattern(WIDTH, "") + file("next.mp4", ""));
    assertEquals(507, next.status(), next.text());
    assertEquals("owner-full", next.problem());
    assertEquals("owner-full", owner.record(stream).problem());
    assertEquals(201, owner.make(pattern(WIDTH, "")).status(), "without files there is room");
    owner.api().delete("/recordings/long.mp4", owner.token());
    assertEquals(201, owner.record(stream).status());
  }

  private static JsonObject sink(JsonObject stream) {
    return stream.getJsonArray("sinks").getJsonObject(0);
  }

  @Test
  void aRecordingIsEndedWhenItsOwnersBytesAreFull() throws IOException {
    String stream = owner.made(pattern(WIDTH, ""));
    String file = owner.record(stream).json().getString("file");
    owner.show(stream, it -> StreamOwner.items(it) > 10);
    try (RandomAccessFile filler = new RandomAccessFile(owner.own("filler.log").toFile(), "rw")) {
      filler.setLength(OWNER_BYTES);
    }
    Api.Answer whole =
        owner.api().await(() -> owner.download(file), it -> it.status() == 200, StreamOwner.SOON);
    assertEquals(200, whole.status(), whole.text());
    assertTrue(Probe.of(owner.own(file)).pictures() > 5);
    Api.Answer none =
        owner
            .api()
            .await(
                () -> owner.get("/recordings"),
                it -> it.json().getJsonArray("running").isEmpty(),
                StreamOwner.SOON);
    assertTrue(none.json().getJsonArray("running").isEmpty(), none.text());
    // The next one makes the server forget those that have ended, if it has not done so by itself.
    assertEquals("owner-full", owner.record(stream).problem());
    assertEquals("not-recording", owner.endRecording(stream).problem());
    assertEquals("running", owner.show(stream).json().getString("state"));
  }

  @Test
  void sinksOfTheServersOwnHaveTheirNames() {
    for (String name : List.of("recording", "preview")) {
      Api.Answer refused =
          owner.make(
              pattern(WIDTH, "")
                  + ",\"sinks\":[{\"name\":\""
                  + name
                  + "\",\"kind\":\"file\",\"options\":{\"path\":\"a.mp4\"}}]");
      assertEquals(422, refused.status(), refused.text());
      assertEquals("/sinks/0/name", refused.json().getString("pointer"));
    }
  }
}
