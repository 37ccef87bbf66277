package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.framecast.stream.media.Codec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text, images and other streams' pictures on a session's own stream, as a viewer sees them. */
@OwnServer
class SessionLayersIT {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;
  private static final int GREY = 90;
  private static final int LIGHT = 210;

  @TempDir static Path folder;
  private static @Nullable DocumentServer server;

  private final StreamOwner owner = Objects.requireNonNull(server).owner();

  @BeforeAll
  static void startServer() throws IOException {
    server = DocumentServer.start(folder, "framecast.previews.linger-seconds=2");
    Files.write(server.media().resolve("light.png"), Pictures.plain(100, 60, LIGHT, "png"));
    Files.write(folder.resolve("secret.png"), Pictures.plain(100, 60, LIGHT, "png"));
  }

  @AfterAll
  static void stopServer() {
    Objects.requireNonNull(server).close();
  }

  @AfterEach
  void endSession() {
    owner.close();
  }

  private Api.Answer layers(String source, String... layers) {
    String json = "{\"source\":" + source + ",\"layers\":[" + String.join(",", layers) + "]}";
    return owner.api().putJson("/session/state", owner.token(), json);
  }

  private static String layer(String name, String options) {
    return "{\"name\":\"" + name + "\",\"options\":{" + options + "}}";
  }

  private void set(String source, String... layers) {
    Api.Answer answer = layers(source, layers);
    assertEquals(200, answer.status(), answer.text());
  }

  /** Waits until what the viewer decodes suits. */
  private static void awaitPicture(RtpRecording seen, Predicate<BufferedImage> suits, String what) {
    long deadline = System.nanoTime() + StreamOwner.SOON.toNanos();
    int decoded = 0;
    try (MediaDecoder decoder = MediaDecoder.vp8()) {
      while (System.nanoTime() < deadline) {
        List<RtpRecording.Unit> pictures = seen.pictures();
        for (; decoded < pictures.size(); decoded++) {
          if (suits.test(decoder.picture(pictures.get(decoded).data()))) {
            return;
          }
        }
        LockSupport.parkNanos(20_000_000L);
      }
    }
    throw new AssertionError("no picture of " + decoded + " shows " + what);
  }

  private static boolean isNear(BufferedImage picture, int x, int y, int red, int green, int blue) {
    int rgb = picture.getRGB(x, y);
    return Math.abs((rgb >> 16 & 255) - red) < 30
        && Math.abs((rgb >> 8 & 255) - green) < 30
        && Math.abs((rgb & 255) - blue) < 30;
  }

  private static boolean isGrey(BufferedImage picture, int x, int y, int grey) {
    return isNear(picture, x, y, grey, grey, grey);
  }

  /** What is to be seen, on a stream of one grey. */
  private interface Play {
    void with(RtpRecording seen);
  }

  private void published(Play play) {
    RtpRecording seen = new RtpRecording();
    try (StreamSocket socket = StreamSocket.open(owner.api(), owner.token(), "video");
        Publisher publisher =
            Publisher.start(socket, List.of(Pictures.plain(WIDTH, HEIGHT, GREY, "jpeg")));
        RtcViewer viewer =
            RtcViewer.join(owner.api(), owner.session().stream(), owner.token(), seen)) {
      play.with(seen);
      viewer.awaitVideoPackets(1);
      assertTrue(publisher.isRunning());
    }
  }

  @Test
  void textIsWrittenWhileTheStreamRuns() {
    published(
        seen -> {
          awaitPicture(seen, picture -> isGrey(picture, 4, 4, GREY), "the grey that was sent");
          set(
              "null",
              layer(
                  "text",
                  "\"text\":\"    \\n  x\",\"x\":0,\"y\":0,\"size\":40,\"boxColor\":\"#E01010\","
                      + "\"boxOpacity\":1"));
          awaitPicture(seen, picture -> isNear(picture, 4, 4, 0xE0, 0x10, 0x10), "the red box");
          set("null");
          awaitPicture(seen, picture -> isGrey(picture, 4, 4, GREY), "the grey again");
        });
  }

  @Test
  void textIsThereFromTheFirstPicture() {
    set(
        "null",
        layer(
            "text",
            "\"text\":\"xxxx\",\"x\":0,\"y\":0,\"size\":40,\"boxColor\":\"#10A010\","
                + "\"boxOpacity\":1"));
    published(
        seen ->
            awaitPicture(
                seen, picture -> isNear(picture, 3, 3, 0x10, 0xA0, 0x10), "the green box"));
  }

  @Test
  void anImageComesFromAFileOfTheMediaFolders() {
    published(
        seen -> {
          set("null", layer("image", "\"file\":\"light.png\",\"x\":0,\"y\":0"));
          awaitPicture(
              seen,
              picture -> isGrey(picture, 50, 30, LIGHT) && isGrey(picture, 200, 100, GREY),
              "the file");
        });
  }

  @Test
  void anImageIsTheSourceImageWhereNoFileIsNamed() {
    Api.Answer asset =
        owner
            .api()
            .post(
                "/assets?type=source",
                owner.token(),
                "image/png",
                BodyPublishers.ofByteArray(Pictures.plain(100, 60, LIGHT, "png")));
    assertEquals(201, asset.status(), asset.text());
    String source = "\"" + asset.json().getString("asset_id") + "\"";
    published(
        seen -> {
          set(source, layer("image", "\"x\":100,\"y\":100"));
          awaitPicture(
              seen,
              picture -> isGrey(picture, 270, 150, LIGHT) && isGrey(picture, 50, 30, GREY),
              "the source image");
        });
  }

  /** Also of one that is passed on as it was encoded, which is decoded for that. */
  @Test
  void anotherStreamsPictureLiesInThePicture() {
    StreamOwner other = Objects.requireNonNull(server).owner();
    Health health = new Health(owner.api());
    try (RtcPublisher _ = RtcPublisher.start(other.api(), other.session(), Codec.VP8)) {
      published(
          seen -> {
            set(
                "null",
                layer(
                    "picture-in-picture",
                    "\"source\":\""
                        + other.session().stream()
                        + "\",\"x\":0,\"y\":0,\"width\":50"));
            awaitPicture(
                seen,
                picture -> !isGrey(picture, 80, 45, GREY) && isGrey(picture, 240, 135, GREY),
                "the scene in the grey");
            assertEquals(1, health.count("previews"));
          });
      health.await("previews", count -> count == 0, StreamOwner.SOON);
    } finally {
      other.close();
    }
  }

  @Test
  void whatCannotBeIsRefusedWithItsPlace() {
    Api.Answer hidden = layers("null", layer("text", ""), layer("video", ""));
    assertEquals(422, hidden.status(), hidden.text());
    assertEquals("/layers/1/name", hidden.json().getString("pointer"));
    assertTrue(hidden.json().getString("detail").contains("needs a compositor"), hidden.text());

    for (String file :
        List.of("../secret.png", "none.png", "http://127.0.0.1/a.png", "/etc/passwd")) {
      Api.Answer refused = layers("null", layer("image", "\"file\":\"" + file + "\""));
      assertEquals(422, refused.status(), file + refused.text());
      assertEquals("/layers/0/options/file", refused.json().getString("pointer"), refused.text());
    }
    for (String source : List.of("", " ", "nobody")) {
      Api.Answer refused =
          layers("null", layer("picture-in-picture", "\"source\":\"" + source + "\""));
      assertEquals(422, refused.status(), source + refused.text());
      assertEquals("/layers/0/options/source", refused.json().getString("pointer"));
    }
    assertEquals(200, layers("null", layer("image", "")).status(), "an image may still be chosen");
    set("null");
    published(
        seen -> assertEquals("source-required", layers("null", layer("image", "")).problem()));
  }

  /** The studio builds its switches from this. */
  @Test
  void theComponentsSayWhatASessionCanHave() {
    List<JsonObject> layers =
        owner.get("/components").json().getJsonArray("layers").getValuesAs(JsonObject.class);
    List<String> hidden =
        layers.stream()
            .filter(layer -> !layer.getBoolean("in_sessions"))
            .map(layer -> layer.getString("name"))
            .toList();
    assertEquals(List.of("video"), hidden);
    List<String> byFile =
        layers.stream()
            .filter(layer -> layer.containsKey("source_option"))
            .map(layer -> layer.getString("name") + " " + layer.getString("source_option"))
            .toList();
    assertEquals(List.of("image file"), byFile);
  }
}
