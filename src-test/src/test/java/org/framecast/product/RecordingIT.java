package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Live streams are recorded; recordings are listed, downloaded and deleted by their owner. */
@OwnServer
class RecordingIT {
  @TempDir static Path folder;
  private static @Nullable DocumentServer server;

  private final StreamOwner owner = Objects.requireNonNull(server).owner();

  @BeforeAll
  static void startServer() throws IOException {
    server =
        DocumentServer.start(
            folder, "framecast.recordings.max=1", "framecast.recordings.max-files=3");
  }

  @AfterAll
  static void stopServer() {
    Objects.requireNonNull(server).close();
  }

  @AfterEach
  void endSession() {
    owner.close();
  }

  @Test
  void aLiveStreamIsRecordedUntilTheRecordingIsEnded() {
    String stream = owner.made(StreamOwner.COUNTER);
    Api.Answer begun = owner.record(stream);
    assertEquals(201, begun.status(), begun.text());
    String file = begun.json().getString("file");
    assertEquals("already-recording", owner.record(stream).problem());
    owner.show(stream, it -> StreamOwner.items(it) > 50);
    assertTrue(owner.get("/recordings").text().contains("\"running\":[{"));
    Api.Answer ended = owner.endRecording(stream);
    assertEquals(200, ended.status(), ended.text());
    assertEquals(file, ended.json().getString("file"));
    byte[] movie = owner.download(file).response().body();
    assertEquals(ended.json().getInt("bytes"), movie.length);
    assertEquals("ftyp", new String(movie, 4, 4, java.nio.charset.StandardCharsets.US_ASCII));
    assertEquals("running", owner.show(stream).json().getString("state"));
    assertEquals("not-recording", owner.endRecording(stream).problem());
  }

  @Test
  void aRecordingThatNothingCameToLeavesNoFile() {
    String stream =
        owner.made("\"source\":{\"kind\":\"test\",\"options\":{\"rate\":0.1,\"audio\":false}}");
    Api.Answer ended = null;
    for (int i = 0; i < 10 && (ended == null || ended.status() == 200); i++) {
      String file = owner.record(stream).json().getString("file");
      ended = owner.endRecording(stream);
      owner.api().delete("/recordings/" + file, owner.token());
    }
    assertEquals("recording-empty", Objects.requireNonNull(ended).problem(), ended.text());
    assertEquals("{\"recordings\":[],\"running\":[]}", owner.get("/recordings").text());
  }

  @Test
  void aRecordingIsCompleteWhenItsStreamEnds() {
    String stream = owner.made(StreamOwner.COUNTER);
    String file = owner.record(stream).json().getString("file");
    owner.show(stream, it -> StreamOwner.items(it) > 25);
    owner.end(stream);
    assertEquals(200, owner.download(file).status());
  }

  @Test
  void recordingsAreLimited() throws IOException {
    String first = owner.made(StreamOwner.COUNTER);
    String second = owner.made(StreamOwner.COUNTER);
    assertEquals(201, owner.record(first).status());
    Api.Answer full = owner.record(second);
    assertEquals(429, full.status(), full.text());
    assertEquals("too-many-recordings", full.problem());
    // One without a picture would leave no file.
    owner.show(first, it -> StreamOwner.items(it) > 25);
    owner.end(first);
    owner.put("a.mp4", "a");
    owner.put("b.mp4", "b");
    assertEquals("too-many-files", owner.record(second).problem());
    owner.api().delete("/recordings/a.mp4", owner.token());
    assertEquals(201, owner.record(second).status());
  }

  @Test
  void whatDoesNotRunOrIsNoneOfTheCallersIsNotRecorded() {
    assertEquals("not-recordable", owner.record(owner.session().stream()).problem());
    assertEquals("not-recordable", owner.record("demo").problem());
    assertEquals("stream-unknown", owner.record("s-none").problem());
    String stream = owner.made(StreamOwner.COUNTER);
    StreamOwner other = Objects.requireNonNull(server).owner();
    assertEquals(404, other.record(stream).status());
    other.close();
  }

  @Test
  void recordingsAreTheirOwners() throws IOException {
    owner.put("mine.mp4", "0123456789");
    assertTrue(owner.get("/recordings").text().contains("mine.mp4"));
    StreamOwner other = Objects.requireNonNull(server).owner();
    assertEquals("{\"recordings\":[],\"running\":[]}", other.get("/recordings").text());
    assertEquals(404, other.download("mine.mp4").status());
    assertEquals(404, other.api().delete("/recordings/mine.mp4", other.token()).status());
    assertEquals(401, owner.api().get("/recordings/mine.mp4", "none").status());
    other.close();
    assertEquals(204, owner.api().delete("/recordings/mine.mp4", owner.token()).status());
    assertTrue(Files.notExists(owner.own("mine.mp4")));
    assertEquals("recording-unknown", owner.download("mine.mp4").problem());
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
    owner.put("part.mp4", "0123456789");
    Api.Answer answer = owner.download("part.mp4", "Range", range);
    assertEquals(status, answer.status(), answer.text());
    assertEquals(content, answer.text());
    assertEquals(contentRange, answer.header("Content-Range"));
    assertEquals("bytes", answer.header("Accept-Ranges"));
    assertEquals("video/mp4", answer.header("Content-Type"));
  }

  @Test
  void aPartThatIsNotThereAndAFileThatChanged() throws IOException {
    owner.put("part.mp4", "0123456789");
    Api.Answer beyond = owner.download("part.mp4", "Range", "bytes=10-");
    assertEquals(416, beyond.status(), beyond.text());
    String tag = owner.download("part.mp4").header("ETag");
    assertEquals(206, owner.download("part.mp4", "Range", "bytes=0-1", "If-Range", tag).status());
    assertEquals(
        200, owner.download("part.mp4", "Range", "bytes=0-1", "If-Range", "\"old\"").status());
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
    owner.put("frames.log", "x");
    owner.put("whole.mp4.part", "x");
    Files.createDirectory(owner.own("folder.mp4"));
    Files.writeString(folder.resolve("recordings/secret.mp4"), "secret");
    Files.createSymbolicLink(owner.own("link.mp4"), folder.resolve("recordings/secret.mp4"));
    Api.Answer answer = owner.download(name);
    assertTrue(answer.status() == 404 || answer.status() == 400, name + " " + answer.status());
    assertTrue(!answer.text().contains("secret"), answer.text());
    assertTrue(owner.get("/recordings").text().startsWith("{\"recordings\":[],"));
  }
}
