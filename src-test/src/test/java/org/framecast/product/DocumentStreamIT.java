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
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that sessions make from documents, of the kinds of a third party's plug-in. */
@OwnServer
class DocumentStreamIT {
  private static final Duration SOON = StreamOwner.SOON;
  private static final String COUNTER = StreamOwner.COUNTER;

  @TempDir static Path folder;
  private static @Nullable DocumentServer server;

  private final StreamOwner owner = Objects.requireNonNull(server).owner();

  @BeforeAll
  static void startServer() throws IOException {
    server =
        DocumentServer.start(
            folder, "framecast.streams.max=3", "framecast.streams.max-per-session=2");
  }

  @AfterAll
  static void stopServer() {
    Objects.requireNonNull(server).close();
  }

  @AfterEach
  void endSession() {
    owner.close();
  }

  private static String logTo(String path) {
    return ",\"sinks\":[{\"kind\":\"frame-log\",\"options\":{\"path\":\"" + path + "\"}}]";
  }

  @Test
  void aStreamIsMadeWatchedChangedAndEnded() throws IOException {
    String name = owner.made("\"name\":\"gate\"," + COUNTER + logTo("frames.log"));
    assertTrue(name.startsWith("gate-") && name.length() > 20, name);
    try (RtcViewer viewer = RtcViewer.join(owner.api(), name, owner.token())) {
      viewer.awaitVideoPackets(20);
      assertEquals("running", owner.show(name).json().getString("state"));
      Api.Answer changed = owner.patch(name, "{\"layers\":[{\"name\":\"invert\"}]}");
      assertEquals(200, changed.status(), changed.text());
      assertEquals(1, changed.json().getJsonObject("document").getJsonArray("layers").size());
      long before = items(name);
      owner.api().await(() -> owner.show(name), answer -> items(answer.json()) > before + 30, SOON);
      assertEquals(204, owner.end(name).status());
      assertTrue(viewer.awaitEnd(SOON));
    }
    assertEquals(404, owner.show(name).status());
    List<String> lines = Files.readAllLines(owner.own("frames.log"));
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
    return items(owner.show(name).json());
  }

  private static long items(JsonObject stream) {
    return stream.getJsonArray("sinks").getJsonObject(0).getInt("items");
  }

  @Test
  void aStreamEndsWithItsSourceAndItsSinksAreComplete() throws IOException {
    String name =
        owner.made(
            "\"source\":{\"kind\":\"counter\",\"options\":{\"pictures\":25,\"paced\":true}}"
                + logTo("short.log"));
    Api.Answer ended =
        owner
            .api()
            .await(
                () -> owner.show(name), it -> it.json().getString("state").equals("ended"), SOON);
    assertEquals("ended", ended.json().getString("state"), ended.text());
    assertEquals("end", Files.readAllLines(owner.own("short.log")).getLast());
    assertEquals(items(ended.json()) + 1, Files.readAllLines(owner.own("short.log")).size());
    assertTrue(items(ended.json()) > 0, ended.text());
  }

  @Test
  void anEndedStreamIsNotChanged() {
    String name =
        owner.made(
            "\"source\":{\"kind\":\"counter\",\"options\":{\"pictures\":2}},"
                + "\"layers\":[{\"name\":\"invert\"}]");
    JsonObject before = owner.show(name, it -> it.getString("state").equals("ended")).json();
    Api.Answer refused = owner.patch(name, "{\"layers\":[]}");
    assertEquals(409, refused.status(), refused.text());
    assertEquals("stream-ended", refused.problem());
    assertTrue(before.toString().contains("\"pictures\":2}"), before.toString());
    assertEquals(before.get("document"), owner.show(name).json().get("document"));
    assertEquals(204, owner.end(name).status());
  }

  @Test
  void aDocumentIsJsonAndAPatchOfAnotherKindIsNone() throws IOException {
    String name = owner.made(COUNTER + logTo("typed.log"));
    String path = "/streams/" + name;
    for (String type :
        List.of("application/json-patch+json", "application/merge-patch+json", "text/plain")) {
      Api.Answer patched = typed("PATCH", path, type);
      assertEquals(415, patched.status(), type + ": " + patched.text());
      assertEquals("media-type", patched.problem());
      assertEquals(415, typed("POST", "/streams", type).status(), type);
    }
    assertEquals("running", owner.show(name).json().getString("state"));
  }

  private Api.Answer typed(String method, String path, String type) {
    return owner
        .api()
        .send(
            owner
                .api()
                .request(path)
                .header("Authorization", "Bearer " + owner.token())
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString("{\"layers\":[]}"))
                .build());
  }

  @Test
  void aStreamBelongsToItsSessionAndEndsWithIt() throws IOException {
    String name = owner.made(COUNTER + logTo("owned.log"));
    StreamOwner other = Objects.requireNonNull(server).owner();
    assertEquals(404, other.show(name).status());
    assertEquals(404, other.end(name).status());
    assertEquals(404, other.get("/streams/" + name + "/stats").status());
    assertEquals(401, owner.api().get("/streams/" + name, "none").status());
    Api.Answer list = owner.get("/streams");
    assertTrue(
        list.text().contains("\"name\":\"" + name + "\",\"kind\":\"document\""), list.text());
    assertTrue(!other.get("/streams").text().contains(name));
    assertEquals(204, owner.api().delete("/session", owner.token()).status());
    assertEquals("end", Files.readAllLines(owner.own("owned.log")).getLast());
    other.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "demo-raw", "OWN"})
  void whatIsNotOfADocumentSaysWhoseItIsAndStays(String name) {
    boolean own = name.equals("OWN");
    String stream = own ? owner.session().stream() : name;
    for (Api.Answer refused :
        List.of(owner.end(stream), owner.show(stream), owner.patch(stream, "{\"layers\":[]}"))) {
      assertEquals(403, refused.status(), refused.text());
      assertEquals("not-of-document", refused.problem());
      String whose = own ? "the session's own" : "the server's own";
      assertTrue(refused.json().getString("detail").contains(whose), refused.text());
    }
    assertTrue(owner.get("/streams").text().contains("\"name\":\"" + stream + "\""));
    StreamOwner other = Objects.requireNonNull(server).owner();
    assertEquals(404, owner.end(other.session().stream()).status(), "another's is not told of");
    other.close();
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
    Files.createDirectories(owner.own(""));
    Files.createSymbolicLink(owner.own("up"), folder);
    Api.Answer refused = owner.make(COUNTER + logTo(path));
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
        owner.make("\"source\":{\"kind\":\"file\",\"options\":{\"path\":\"" + path + "\"}}");
    assertEquals(422, refused.status(), refused.text());
    assertEquals("document-invalid", refused.problem());
    assertEquals("/source/options/path", refused.json().getString("pointer"));
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
        "\"source\":{\"kind\":\"counter\"},\"layers\":[{\"name\":\"picture-in-picture\"}] | 422 |"
            + " document-invalid | /layers/0/options/source | source must name what is to be shown",
        "\"source\":{\"kind\":\"counter\"},\"layers\":[{\"name\":\"picture-in-picture\",\"options\":"
            + "{\"source\":\"nobody\"}}] | 422 | document-invalid | /layers/0/options/source |"
            + " source must name something that is there",
        "\"source\":{\"kind\":\"counter\"},\"sinks\":[{\"kind\":\"display\"}] | 403 | kind-refused |"
            + " /sinks/0/kind | framecast.streams.refused-kinds",
        "\"source\":{\"kind\":\"counter\"},\"sinks\":[{\"kind\":\"webrtc\"}] | 403 | kind-refused |"
            + " /sinks/0/kind | framecast.streams.refused-kinds"
      })
  void whatIsWrongIsPointedTo(
      String members, int status, String problem, String pointer, String detail) {
    Api.Answer refused = owner.make(members);
    assertEquals(status, refused.status(), refused.text());
    assertEquals(problem, refused.problem());
    assertEquals(pointer, refused.json().getString("pointer"));
    assertTrue(refused.json().getString("detail").contains(detail), refused.text());
  }

  @Test
  void aSinkWhoseFolderIsNotThereIsRefusedAtOnce() {
    Api.Answer refused =
        owner.make(
            COUNTER + ",\"sinks\":[{\"kind\":\"file\",\"options\":{\"path\":\"absent/out.mkv\"}}]");
    assertEquals(422, refused.status(), refused.text());
    assertEquals("/sinks/0/options/path", refused.json().getString("pointer"));
    assertTrue(refused.json().getString("detail").contains("its folder is not there"));
  }

  @Test
  void whatIsNoJsonIsRefusedAsSuch() {
    Api.Answer refused = owner.make(COUNTER + ",");
    assertEquals(400, refused.status(), refused.text());
    assertEquals("json-malformed", refused.problem());
    assertTrue(refused.json().getString("detail").contains("line 1, column "), refused.text());
    String name = owner.made(COUNTER);
    assertEquals("json-malformed", owner.patch(name, "{\"layers\":").problem());
  }

  @Test
  void aWrongChangeChangesNothing() {
    String name = owner.made(COUNTER);
    Api.Answer refused =
        owner.patch(name, "{\"layers\":[{\"name\":\"invert\",\"options\":{\"a\":1}}]}");
    assertEquals(422, refused.status(), refused.text());
    assertEquals("/layers/0/options/a", refused.json().getString("pointer"));
    assertEquals(422, owner.patch(name, "{\"name\":\"other\"}").status());
    assertTrue(owner.show(name).json().getJsonObject("document").getJsonArray("layers").isEmpty());
  }

  @Test
  void streamsAreLimitedForASessionAndForTheServer() {
    owner.made(COUNTER);
    String second = owner.made(COUNTER);
    assertEquals("too-many-streams", owner.make(COUNTER).problem());
    StreamOwner other = Objects.requireNonNull(server).owner();
    assertEquals(201, other.make(COUNTER).status());
    Api.Answer full = other.make(COUNTER);
    assertEquals(429, full.status(), full.text());
    owner.end(second);
    assertEquals(201, other.make(COUNTER).status());
    other.close();
  }

  @Test
  void sinksAreLimited() {
    Api.Answer refused = owner.make(COUNTER + sinks(5));
    assertEquals(422, refused.status(), refused.text());
    assertEquals("/sinks", refused.json().getString("pointer"));
    owner.made(COUNTER + sinks(4));
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
    JsonObject components = owner.get("/components").json();
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

  @Test
  void whatNoDocumentMayNameSaysSo() {
    Map<String, Boolean> offered =
        owner.get("/components").json().getJsonArray("sinks").getValuesAs(JsonObject.class).stream()
            .collect(
                Collectors.toMap(
                    sink -> sink.getString("name"), sink -> sink.getBoolean("in_documents")));
    assertEquals(false, offered.get("webrtc"), offered.toString());
    assertEquals(false, offered.get("display"), offered.toString());
    assertEquals(true, offered.get("file"), offered.toString());
  }
}
