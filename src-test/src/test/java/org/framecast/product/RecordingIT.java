package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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

/** Live streams are recorded; recordings are listed, downloaded and deleted by their owner. */
class RecordingIT {
  private static final int BESIDE_THE_SHARED_SERVER = 300;
  private static final Duration SOON = Duration.ofSeconds(15);

  @TempDir static Path folder;
  private static @Nullable ServerProcess server;

  private final Api api = new Api(Objects.requireNonNull(server).http());
  private Api.Session session;

  @BeforeAll
  static void startServer() throws IOException {
    SamplePlugin.installInto(folder.resolve("server/plugins"), folder.resolve("scratch"));
    server =
        ServerProcess.start(
            folder.resolve("server"),
            Product.portOffset() + BESIDE_THE_SHARED_SERVER,
            List.of(
                "-Dframecast.plugins.folder=" + folder.resolve("server/plugins"),
                "-Dframecast.recordings.dir=" + folder.resolve("recordings"),
                "-Dframecast.recordings.min-free-bytes=0",
                "-Dframecast.recordings.max=1",
                "-Dframecast.recordings.max-files=3"));
  }

  @AfterAll
  static void stopServer() {
    Objects.requireNonNull(server).close();
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

  private Path own(String file) {
    return folder.resolve("recordings").resolve(session.stream()).resolve(file);
  }

  private void put(String file, String content) throws IOException {
    Files.createDirectories(own(""));
    Files.writeString(own(file), content);
  }

  private Api.Answer record(String stream) {
    return api.post(
        "/streams/" + stream + "/recording",
        session.accessToken(),
        "application/json",
        BodyPublishers.noBody());
  }

  private Api.Answer download(String file, String... headers) {
    var request =
        api.request("/recordings/" + file)
            .header("Authorization", "Bearer " + session.accessToken());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return api.send(request.GET().build());
  }

  private String counterStream() {
    Api.Answer made =
        api.post(
            "/streams",
            session.accessToken(),
            "application/json",
            BodyPublishers.ofString(
                "{\"source\":{\"kind\":\"counter\",\"options\":{\"pictures\":0,\"paced\":true}}}"));
    assertEquals(201, made.status(), made.text());
    return made.json().getString("name");
  }

  @Test
  void aLiveStreamIsRecordedUntilTheRecordingIsEnded() {
    String stream = counterStream();
    Api.Answer begun = record(stream);
    assertEquals(201, begun.status(), begun.text());
    String file = begun.json().getString("file");
    assertEquals("already-recording", record(stream).problem());
    api.await(
        () -> api.get("/streams/" + stream, session.accessToken()),
        it -> it.json().getJsonArray("sinks").getJsonObject(0).getInt("items") > 50,
        SOON);
    assertTrue(api.get("/recordings", session.accessToken()).text().contains("\"running\":[{"));
    Api.Answer ended = api.delete("/streams/" + stream + "/recording", session.accessToken());
    assertEquals(200, ended.status(), ended.text());
    assertEquals(file, ended.json().getString("file"));
    byte[] movie = download(file).response().body();
    assertEquals(ended.json().getInt("bytes"), movie.length);
    assertEquals("ftyp", new String(movie, 4, 4, java.nio.charset.StandardCharsets.US_ASCII));
    assertEquals(
        "running", api.get("/streams/" + stream, session.accessToken()).json().getString("state"));
    assertEquals(
        "not-recording",
        api.delete("/streams/" + stream + "/recording", session.accessToken()).problem());
  }

  @Test
  void aRecordingIsCompleteWhenItsStreamEnds() {
    String stream = counterStream();
    String file = record(stream).json().getString("file");
    api.await(
        () -> api.get("/streams/" + stream, session.accessToken()),
        it -> it.json().getJsonArray("sinks").getJsonObject(0).getInt("items") > 25,
        SOON);
    api.delete("/streams/" + stream, session.accessToken());
    assertEquals(200, download(file).status());
  }

  @Test
  void recordingsAreLimited() throws IOException {
    String first = counterStream();
    String second = counterStream();
    assertEquals(201, record(first).status());
    Api.Answer full = record(second);
    assertEquals(429, full.status(), full.text());
    assertEquals("too-many-recordings", full.problem());
    api.delete("/streams/" + first, session.accessToken());
    put("a.mp4", "a");
    put("b.mp4", "b");
    assertEquals("too-many-files", record(second).problem());
    api.delete("/recordings/a.mp4", session.accessToken());
    assertEquals(201, record(second).status());
  }

  @Test
  void whatDoesNotRunOrIsNoneOfTheCallersIsNotRecorded() {
    assertEquals("not-recordable", record(session.stream()).problem());
    assertEquals("not-recordable", record("demo").problem());
    assertEquals("stream-unknown", record("s-none").problem());
    String stream = counterStream();
    Api.Session other = api.openSession();
    assertEquals(
        404,
        api.post(
                "/streams/" + stream + "/recording",
                other.accessToken(),
                "application/json",
                BodyPublishers.noBody())
            .status());
    api.delete("/session", other.accessToken());
  }

  @Test
  void recordingsAreTheirOwners() throws IOException {
    put("mine.mp4", "0123456789");
    assertTrue(api.get("/recordings", session.accessToken()).text().contains("mine.mp4"));
    Api.Session other = api.openSession();
    assertEquals(
        "{\"recordings\":[],\"running\":[]}", api.get("/recordings", other.accessToken()).text());
    assertEquals(404, api.get("/recordings/mine.mp4", other.accessToken()).status());
    assertEquals(404, api.delete("/recordings/mine.mp4", other.accessToken()).status());
    assertEquals(401, api.get("/recordings/mine.mp4", "none").status());
    api.delete("/session", other.accessToken());
    assertEquals(204, api.delete("/recordings/mine.mp4", session.accessToken()).status());
    assertTrue(Files.notExists(own("mine.mp4")));
    assertEquals("recording-unknown", download("mine.mp4").problem());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-3 | 206 | 0123 | bytes 0-3/10",
        "bytes=4- | 206 | 456789 | bytes 4-9/10",
        "bytes=-2 | 206 | 89 | bytes 8-9/10",
        "bytes=-99 | 206 | 0123456789 | bytes 0-9/10",
        "bytes=9-99 | 206 | 9 | bytes 9-9/10",
        "bytes=0-1,3-4 | 200 | 0123456789 | ''",
        "bytes=5-4 | 200 | 0123456789 | ''",
        "lines=0-3 | 200 | 0123456789 | ''"
      })
  void partsAreSent(String range, int status, String content, String contentRange)
      throws IOException {
    put("part.mp4", "0123456789");
    Api.Answer answer = download("part.mp4", "Range", range);
    assertEquals(status, answer.status(), answer.text());
    assertEquals(content, answer.text());
    assertEquals(contentRange, answer.header("Content-Range"));
    assertEquals("bytes", answer.header("Accept-Ranges"));
    assertEquals("video/mp4", answer.header("Content-Type"));
  }

  @Test
  void aPartThatIsNotThereAndAFileThatChanged() throws IOException {
    put("part.mp4", "0123456789");
    Api.Answer beyond = download("part.mp4", "Range", "bytes=10-");
    assertEquals(416, beyond.status(), beyond.text());
    String tag = download("part.mp4").header("ETag");
    assertEquals(206, download("part.mp4", "Range", "bytes=0-1", "If-Range", tag).status());
    assertEquals(200, download("part.mp4", "Range", "bytes=0-1", "If-Range", "\"old\"").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..%2Fsecret.mp4",
        "%2E%2E%2Fsecret.mp4",
        "..%5Csecret.mp4",
        "%2Fetc%2Fpasswd",
        "link.mp4",
        "frames.log",
        "whole.mp4.part",
        "folder.mp4",
        "a%00.mp4"
      })
  void onlyWholeFilesOfTheFolderAreSent(String name) throws IOException {
    put("frames.log", "x");
    put("whole.mp4.part", "x");
    Files.createDirectory(own("folder.mp4"));
    Files.writeString(folder.resolve("recordings/secret.mp4"), "secret");
    Files.createSymbolicLink(own("link.mp4"), folder.resolve("recordings/secret.mp4"));
    Api.Answer answer = download(name);
    assertTrue(answer.status() == 404 || answer.status() == 400, name + " " + answer.status());
    assertTrue(!answer.text().contains("secret"), answer.text());
    assertTrue(
        api.get("/recordings", session.accessToken()).text().startsWith("{\"recordings\":[],"));
  }
}
