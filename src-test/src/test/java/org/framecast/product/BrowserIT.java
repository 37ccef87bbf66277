package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job with real browsers: camera in, AI on every frame, live out to a second browser. */
class BrowserIT extends ProductTest {
  private static final Duration LIMIT = Duration.ofSeconds(75);

  @TempDir static Path folder;
  private static CameraClip clip;

  @BeforeAll
  static void renderTheCamera() throws IOException {
    clip = CameraClip.render(folder);
  }

  @Test
  void chromiumSeesTheCameraWithBoxes() {
    JsonObject seen = publishAndWatch("chromium");
    assertBoxes(seen);
  }

  @Test
  void firefoxSeesItWithPayloadTypesOfItsOwn() {
    JsonObject seen = publishAndWatch("firefox");
    JsonObject inbound = seen.getJsonObject("inbound");
    assertNotEquals(96, payloadType(inbound, "video"), inbound.toString());
    assertNotEquals(111, payloadType(inbound, "audio"), inbound.toString());
  }

  private static int payloadType(JsonObject inbound, String kind) {
    return inbound.getJsonObject(kind).getInt("payloadType");
  }

  private static JsonObject publishAndWatch(String viewer) {
    JsonObject seen =
        Browser.run(
            "publish-and-watch.mjs",
            LIMIT,
            List.of(
                "--base=" + Product.http(),
                "--camera=" + clip.video(),
                "--truth=" + clip.truth(),
                "--palette=" + CameraClip.palette(),
                "--layers=detect,boxes",
                "--viewer=" + viewer));
    JsonObject video = seen.getJsonObject("inbound").getJsonObject("video");
    assertTrue(video.getInt("framesDecoded") >= 100, video.toString());
    assertEquals(CameraClip.WIDTH, video.getInt("width"));
    assertEquals(CameraClip.HEIGHT, video.getInt("height"));
    assertTrue(
        seen.getJsonObject("inbound").getJsonObject("audio").getInt("packetsReceived") >= 50,
        "sound arrives");
    return seen;
  }

  private static void assertBoxes(JsonObject seen) {
    JsonArray numbered = seen.getJsonArray("numbered");
    assertTrue(numbered.size() >= 5, numbered.toString());
    double sum = 0;
    int boxes = 0;
    for (JsonObject picture : numbered.getValuesAs(JsonObject.class)) {
      for (JsonNumber share : picture.getJsonArray("shares").getValuesAs(JsonNumber.class)) {
        sum += share.doubleValue();
        boxes++;
      }
    }
    assertTrue(boxes >= 15, numbered.toString());
    assertTrue(sum / boxes >= 0.7, sum / boxes + " of the boxes' edges are drawn: " + numbered);
  }

  @Test
  void aKilledViewerIsGoneFromTheListAndOthersGoOn() {
    Browser.run("kill-viewer.mjs", LIMIT, List.of("--base=" + Product.http()));
  }

  @Test
  void axeFindsNothing() {
    Browser.run("axe.mjs", Duration.ofSeconds(90), List.of("--base=" + Product.http()));
  }
}
