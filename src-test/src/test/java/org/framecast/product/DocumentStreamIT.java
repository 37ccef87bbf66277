package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
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

/** Streams that sessions make from documents, of the kinds of a third party's plug-in. */
class DocumentStreamIT {
  private static final int BESIDE_THE_SHARED_SERVER = 300;
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String COUNTER =
      "\"source\":{\"kind\":\"counter\",\"options\":{\"pictures\":0,\"paced\":true}}";

  @TempDir static Path folder;
  private static @Nullable ServerProcess server;

  private final Api api = new Api(Objects.requireNonNull(server).http());
  private Api.Session session;

  @BeforeAll
  static void startServer() throws IOException {
    SamplePlugin.installInto(folder.resolve("server/plugins"), folder.resolve("scratch"));
    Path media = Files.createDirectories(folder.resolve("media"));
    server =
        ServerProcess.start(
            folder.resolve("server"),
            Product.portOffset() + BESIDE_THE_SHARED_SERVER,
            List.of(
                "-Dframecast.plugins.folder=" + folder.resolve("server/plugins"),
                "-Dframecast.recordings.dir=" + folder.resolve("recordings"),
                "-Dframecast.streams.media-folders=" + media,
                "-Dframecast.streams.max=3",
                "-Dframecast.streams.max-per-session=2"));
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

  private Api.Answer make(String members) {
    return make(session, members);
  }

  private Api.Answer make(Api.Session owner, String members) {
    return api.post(
        "/streams",
        owner.accessToken(),
        "application/json",
        BodyPublishers.ofString("{" + members + "}"));
  }

  private String made(String members) {
    Api.Answer answer = make(members);
    assertEquals(201, answer.status(), answer.text());
    String name = answer.json().getString("name");
    assertTrue(answer.header("Location").endsWith("/streams/" + name), answer.header("Location"));
    return name;
  }

  private Api.Answer get(String name) {
    return api.get("/streams/" + name, session.accessToken());
  }

  private Api.Answer patch(String name, String json) {
    return api.send(
        api.request("/streams/" + name)
            .header("Authorization", "Bearer " + session.accessToken())
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json))
            .build());
  }

  private Path own(String file) {
    return folder.resolve("recordings").resolve(session.stream()).resolve(file);
  }

  private static String logTo(String path) {
    return ",\"sinks\":[{\"kind\":\"frame-log\",\"options\":{\"path\":\"" + path + "\"}}]";
  }

  @Test
  void aStreamIsMadeWatchedChangedAndEnded() throws IOException {
    String name = made("\"name\":\"gate\"," + COUNTER + logTo("frames.log"));
    assertTrue(name.startsWith("gate-") && name.length() > 20, name);
    try (RtcViewer viewer = RtcViewer.join(api, name, session.accessToken())) {
      viewer.awaitVideoPackets(20);
      assertEquals("running", get(name).json().getString("state"));
      Api.Answer changed = patch(name, "{\"layers\":[{\"name\":\"invert\"}]}");
      assertEquals(200, changed.status(), changed.text());
      assertEquals(1, changed.json().getJsonObject("document").getJsonArray("layers").size());
      long before = items(name);
      api.await(() -> get(name), answer -> items(answer.json()) > before + 30, SOON);
      assertEquals(204, api.delete("/streams/" + name, session.accessToken()).status());
      assertTrue(viewer.awaitEnd(SOON));
    }
    assertEquals(404, get(name).status());
    List<String> lines = Files.readAllLines(own("frames.log"));
    assertEquals("end", lines.getLast());
    assertEquals(bright(lines.getFirst(), 0), lines.getFirst());
    String last = lines.get(lines.size() - 2);
    assertEquals(bright(last, 255), last, "the layer that was set while it ran");
  }

  /** The line of a picture that is as bright as its number says, or the other way about. */
  private static String bright(String line, int turned) {
    String[] parts = line.split(" ");
    int luma = (Integer.parseInt(parts[0]) & 255) ^ turned;
    return parts[0] + " " + parts[1] + " " + luma;
  }

  private long items(String name) {
    return items(get(name).json());
  }

  private static long items(JsonObject stream) {
    return stream.getJsonArray("sinks").getJsonObject(0).getInt("items");
  }

  @Test
  void aStreamEndsWithItsSourceAndItsSinksAreComplete() throws IOException {
    String name =
        made(
            "\"source\":{\"kind\":\"counter\",\"options\":{\"pictures\":25,\"paced\":true}}"
                + logTo("short.log"));
    Api.Answer ended =
        api.await(() -> get(name), it -> it.json().getString("state").equals("ended"), SOON);
    assertEquals("ended", ended.json().getString("state"), ended.text());
    assertEquals("end", Files.readAllLines(own("short.log")).getLast());
    assertEquals(26, Files.readAllLines(own("short.log")).size());
  }

  @Test
  void aStreamBelongsToItsSessionAndEndsWithIt() throws IOException {
    String name = made(COUNTER + logTo("owned.log"));
    Api.Session other = api.openSession();
    assertEquals(404, api.get("/streams/" + name, other.accessToken()).status());
    assertEquals(404, api.delete("/streams/" + name, other.accessToken()).status());
    assertEquals(404, api.get("/streams/" + name + "/stats", other.accessToken()).status());
    assertEquals(401, api.get("/streams/" + name, "none").status());
    Api.Answer list = api.get("/streams", session.accessToken());
    assertTrue(
        list.text().contains("\"name\":\"" + name + "\",\"kind\":\"document\""), list.text());
    assertTrue(!api.get("/streams", other.accessToken()).text().contains(name));
    assertEquals(204, api.delete("/session", session.accessToken()).status());
    assertEquals("end", Files.readAllLines(own("owned.log")).getLast());
    api.delete("/session", other.accessToken());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../out.log",
        "a/../../out.log",
        "/tmp/framecast-out.log",
        "file:out.log",
        "http://127.0.0.1/out.log",
        "concat:out.log",
        "up/out.log",
        ""
      })
  void noSinkWritesOutsideItsOwnersFolder(String path) throws IOException {
    Files.createDirectories(own(""));
    Files.createSymbolicLink(own("up"), folder);
    Api.Answer refused = make(COUNTER + logTo(path));
    assertEquals(422, refused.status(), refused.text());
    assertEquals("document-invalid", refused.problem());
    assertEquals("/sinks/0", refused.json().getString("pointer"));
    assertTrue(Files.notExists(folder.resolve("out.log")));
    assertTrue(Files.notExists(folder.resolve("recordings/out.log")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.mp4",
        "/etc/hostname",
        "file:secret.mp4",
        "http://127.0.0.1:9/a.mp4",
        "concat:a.mp4|b.mp4",
        "out.mp4",
        "absent.mp4"
      })
  void noSourceReadsOutsideTheMediaFolders(String path) throws IOException {
    Files.writeString(folder.resolve("secret.mp4"), "secret");
    Files.deleteIfExists(folder.resolve("media/out.mp4"));
    Files.createSymbolicLink(folder.resolve("media/out.mp4"), folder.resolve("secret.mp4"));
    Api.Answer refused =
        make("\"source\":{\"kind\":\"file\",\"options\":{\"path\":\"" + path + "\"}}");
    assertEquals(422, refused.status(), refused.text());
    assertEquals("document-invalid", refused.problem());
    assertEquals("/source", refused.json().getString("pointer"));
    assertTrue(!refused.text().contains("secret"), refused.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 422 | document-invalid | '' | needs the member source.",
        "\"source\":3 | 422 | document-invalid | /source | must be an object.",
        "\"source\":{\"kind\":\"none\"} | 422 | document-invalid | /source/kind | no source has this"
            + " name; there are",
        "\"source\":{\"kind\":\"webcam\"} | 403 | kind-refused | /source/kind |"
            + " framecast.streams.refused-kinds",
        "\"source\":{\"kind\":\"counter\",\"options\":{\"side\":15}} | 422 | document-invalid |"
            + " /source/options/side | side must be a whole number from 16 to 1024 in steps of 2.",
        "\"source\":{\"kind\":\"counter\"},\"layers\":[{\"name\":\"boxes\"},{\"name\":\"x\"}] | 422 |"
            + " document-invalid | /layers/1/name | no layer has this name",
        "\"source\":{\"kind\":\"counter\"},\"sinks\":[{\"kind\":\"display\"}] | 403 | kind-refused |"
            + " /sinks/0/kind | framecast.streams.refused-kinds"
      })
  void whatIsWrongIsPointedTo(
      String members, int status, String problem, String pointer, String detail) {
    Api.Answer refused = make(members);
    assertEquals(status, refused.status(), refused.text());
    assertEquals(problem, refused.problem());
    assertEquals(pointer, refused.json().getString("pointer"));
    assertTrue(refused.json().getString("detail").contains(detail), refused.text());
  }

  @Test
  void aWrongChangeChangesNothing() {
    String name = made(COUNTER);
    Api.Answer refused = patch(name, "{\"layers\":[{\"name\":\"invert\",\"options\":{\"a\":1}}]}");
    assertEquals(422, refused.status(), refused.text());
    assertEquals("/layers/0/options/a", refused.json().getString("pointer"));
    assertEquals(422, patch(name, "{\"name\":\"other\"}").status());
    assertTrue(get(name).json().getJsonObject("document").getJsonArray("layers").isEmpty());
  }

  @Test
  void streamsAreLimitedForASessionAndForTheServer() {
    made(COUNTER);
    String second = made(COUNTER);
    assertEquals("too-many-streams", make(COUNTER).problem());
    Api.Session other = api.openSession();
    assertEquals(201, make(other, COUNTER).status());
    Api.Answer full = make(other, COUNTER);
    assertEquals(429, full.status(), full.text());
    api.delete("/streams/" + second, session.accessToken());
    assertEquals(201, make(other, COUNTER).status());
    api.delete("/session", other.accessToken());
  }

  @Test
  void sinksAreLimited() {
    Api.Answer refused = make(COUNTER + sinks(5));
    assertEquals(422, refused.status(), refused.text());
    assertEquals("/sinks", refused.json().getString("pointer"));
    made(COUNTER + sinks(4));
  }

  private static String sinks(int count) {
    StringBuilder sinks = new StringBuilder();
    for (int i = 0; i < count; i++) {
      sinks.append(i == 0 ? "" : ",");
      sinks.append(
          "{\"name\":\"s" + i + "\",\"kind\":\"frame-log\",\"options\":{\"path\":\"s" + i + "\"}}");
    }
    return ",\"sinks\":[" + sinks + "]";
  }

  @Test
  void kindsOfThePluginAreAmongTheComponents() {
    JsonObject components = api.send(api.request("/components").GET().build()).json();
    JsonObject counter =
        components.getJsonArray("sources").getValuesAs(JsonObject.class).stream()
            .filter(source -> source.getString("name").equals("counter"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        60,
        counter
            .getJsonObject("options")
            .getJsonObject("properties")
            .getJsonObject("rate")
            .getInt("maximum"));
    assertTrue(counter.getBoolean("in_documents"));
    assertTrue(components.getJsonArray("sinks").toString().contains("\"frame-log\""));
    assertTrue(components.getJsonArray("layers").toString().contains("\"invert\""));
  }
}
