package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.framecast.stream.media.Codec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streams of every sort are recorded, whoever feeds them: each into a file that FFmpeg reads whole,
 * with its pictures and its sound.
 */
@OwnServer
class RecordedStreamsIT {
  private static final Duration SOON = StreamOwner.SOON;

  /** What the server warms up with at its start is gone by then. */
  private static final Duration WARM = Duration.ofSeconds(40);

  /** The demo's detector is slow until it is warm. */
  private static final Duration LATEST = Duration.ofSeconds(40);

  private static final double LEAST_SECONDS = 2;

  @TempDir static Path folder;
  private static @Nullable DocumentServer server;

  private final StreamOwner owner = Objects.requireNonNull(server).owner();

  @BeforeAll
  static void startServer() throws IOException {
    server =
        DocumentServer.start(
            folder, DocumentServer.WITH_DETECTOR, "framecast.demo.linger-seconds=1");
  }

  @AfterAll
  static void stopServer() {
    Objects.requireNonNull(server).close();
  }

  @AfterEach
  void endSession() {
    owner.close();
  }

  /** Records for some seconds of the stream's own count, and looks at the file. */
  private Probe recorded(String stream) {
    Api.Answer begun =
        owner.api().await(() -> owner.record(stream), answer -> answer.status() == 201, SOON);
    assertEquals(201, begun.status(), begun.text());
    long before = framesOut(stream);
    owner
        .api()
        .await(
            () -> owner.get("/streams/" + stream + "/stats"),
            answer -> answer.json().getInt("frames_out") > before + 80,
            LATEST);
    Api.Answer ended = owner.endRecording(stream);
    assertEquals(200, ended.status(), ended.text());
    Probe file = Probe.of(owner.own(ended.json().getString("file")));
    assertEquals("h264", file.video().get("codec_name"), file.toString());
    assertTrue(file.pictures() >= 20, file.toString());
    assertTrue(file.pictureSeconds() >= LEAST_SECONDS, file.toString());
    return file;
  }

  private long framesOut(String stream) {
    return owner.get("/streams/" + stream + "/stats").json().getInt("frames_out");
  }

  /** Sound lasts about as long as the pictures, of which a busy machine drops the last. */
  private static void requireSound(Probe file) {
    assertEquals("aac", file.audio().get("codec_name"), file.toString());
    assertEquals(1, file.soundSeconds() / file.pictureSeconds(), 0.5, file.toString());
  }

  @Test
  void aSessionThatSendsByWebSocket() {
    try (StreamSocket socket = StreamSocket.open(owner.api(), owner.token(), "video");
        Publisher publisher = Publisher.start(socket)) {
      owner
          .api()
          .await(
              () -> owner.get("/streams/" + owner.session().stream() + "/stats"),
              answer -> answer.status() == 200 && answer.json().getInt("frames_out") > 5,
              SOON);
      Probe file = recorded(owner.session().stream());
      assertEquals("320x180", file.size());
      requireSound(file);
      assertTrue(publisher.isRunning());
    }
  }

  @Test
  void aPublisherByWhipWhosePicturesArePassedOn() {
    try (RtcPublisher publisher = RtcPublisher.start(owner.api(), owner.session(), Codec.VP8)) {
      Probe file = recorded(owner.session().stream());
      assertEquals(EncodedScene.WIDTH + "x" + EncodedScene.HEIGHT, file.size());
      requireSound(file);
      assertTrue(publisher.keyframesAsked() > 0, "it was decoded for the recording alone");
    }
    new Health(owner.api()).await("native_codecs", n -> n == 0, WARM);
  }

  @Test
  void aPublisherByWhipWhosePicturesAreProcessed() {
    Api.Answer state =
        owner
            .api()
            .putJson(
                "/session/state",
                owner.token(),
                "{\"layers\":[{\"name\":\"text\",\"options\":{}}]}");
    assertEquals(200, state.status(), state.text());
    try (RtcPublisher _ = RtcPublisher.start(owner.api(), owner.session(), Codec.VP8)) {
      requireSound(recorded(owner.session().stream()));
    }
  }

  @Test
  void theDemo() {
    try (RtcViewer viewer = RtcViewer.join(owner.api(), "demo", owner.token())) {
      Probe file = recorded("demo");
      assertTrue(viewer.videoPackets() > 0);
      assertEquals("960x540", file.size());
      requireSound(file);
    }
  }

  /** Whoever records wants the recording to go on; the demo lingers for a second without it. */
  @Test
  void aRecordingKeepsTheDemoRunningUntilItIsEnded() {
    Health health = new Health(owner.api());
    try (RtcViewer viewer = RtcViewer.join(owner.api(), "demo", owner.token())) {
      viewer.awaitVideoPackets(1);
      Api.Answer begun = owner.record("demo");
      assertEquals(201, begun.status(), begun.text());
    }
    health.await("peers", n -> n == 0, LATEST);
    long alone = framesOut("demo");
    // At 30 a second more than three times as long as it lingers.
    Api.Answer later =
        owner
            .api()
            .await(
                () -> owner.get("/streams/demo/stats"),
                answer ->
                    answer.status() != 200 || answer.json().getInt("frames_out") > alone + 100,
                LATEST);
    assertEquals(200, later.status(), later.text());
    Api.Answer ended = owner.endRecording("demo");
    assertEquals(200, ended.status(), ended.text());
    assertTrue(Probe.of(owner.own(ended.json().getString("file"))).pictures() >= 20);
    health.await("streams_live", n -> n == 0, LATEST);
  }

  @Test
  void aStreamOfTheServersOwnThatIsPassedOn() {
    try (RtcViewer viewer = RtcViewer.join(owner.api(), "demo-raw", owner.token())) {
      Probe file = recorded("demo-raw");
      assertEquals("1280x720", file.size());
      requireSound(file);
      assertTrue(viewer.videoPackets() > 0);
    }
    new Health(owner.api()).await("native_codecs", n -> n == 0, WARM);
  }
}
