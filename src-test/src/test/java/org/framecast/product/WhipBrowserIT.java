package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser publishes its camera by WHIP, and another browser watches. */
class WhipBrowserIT extends ProductTest {
  private static final Duration LIMIT = Duration.ofSeconds(75);

  @TempDir static Path folder;
  private static CameraClip clip;

  @BeforeAll
  static void renderTheCamera() throws IOException {
    clip = CameraClip.render(folder);
  }

  @Test
  void chromiumPublishesAndTheBoxesAreSeen() {
    JsonObject seen = publishAndWatch("detect,boxes", "");
    JsonArray numbered = seen.getJsonArray("numbered");
    assertTrue(numbered.size() >= 3, numbered.toString());
    double sum = 0;
    int boxes = 0;
    for (JsonObject picture : numbered.getValuesAs(JsonObject.class)) {
      for (JsonNumber share : picture.getJsonArray("shares").getValuesAs(JsonNumber.class)) {
        sum += share.doubleValue();
        boxes++;
      }
    }
    assertTrue(boxes >= 9, numbered.toString());
    assertTrue(sum / boxes >= 0.6, sum / boxes + " of the edges are drawn: " + numbered);
  }

  @Test
  void chromiumIsPassedOnInTheCodecThatItPrefers() {
    long opened = metric("encoders_opened");
    JsonObject seen = publishAndWatch("", "video/H264");
    assertEquals(0, metric("encoders_opened") - opened);
    JsonObject video = seen.getJsonObject("inbound").getJsonObject("video");
    assertEquals("video/H264", video.getString("codec"), seen.toString());
  }

  private static JsonObject publishAndWatch(String layers, String codec) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--base=" + Product.http());
    arguments.add("--camera=" + clip.video());
    arguments.add("--layers=" + layers);
    arguments.add("--codec=" + codec);
    if (!layers.isEmpty()) {
      arguments.add("--truth=" + clip.truth());
      arguments.add("--palette=" + CameraClip.palette());
    }
    JsonObject seen = Browser.run("whip-and-watch.mjs", LIMIT, arguments);
    JsonObject video = seen.getJsonObject("inbound").getJsonObject("video");
    assertTrue(video.getInt("framesDecoded") >= 100, video.toString());
    assertEquals(CameraClip.WIDTH, video.getInt("width"), seen.toString());
    JsonObject sent = seen.getJsonObject("sent").getJsonObject("video");
    assertTrue(sent.containsKey("reported"), "receiver reports reach the browser: " + sent);
    return seen;
  }
}
