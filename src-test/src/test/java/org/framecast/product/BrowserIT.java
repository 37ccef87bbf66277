package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The main job with real browsers: camera in, AI on every frame, live out to a second browser. */
class BrowserIT extends CameraTest {
  @Test
  void chromiumSeesTheCameraWithBoxes() {
    Boxes.of(publishAndWatch("chromium")).requireDrawn(5, 15, 0.7);
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
                "--camera=" + clip().video(),
                "--truth=" + clip().truth(),
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

  @Test
  void aKilledViewerIsGoneFromTheListAndOthersGoOn() {
    Browser.run("kill-viewer.mjs", LIMIT, List.of("--base=" + Product.http()));
  }

  @Test
  void axeFindsNothing() {
    Browser.run("axe.mjs", Duration.ofSeconds(160), List.of("--base=" + Product.http()));
  }
}
