package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A browser publishes its camera by WHIP, and another browser watches. */
class WhipBrowserIT extends CameraTest {
  @Test
  void chromiumPublishesAndTheBoxesAreSeen() {
    Boxes.of(publishAndWatch("detect,boxes", "")).requireDrawn(3, 9, 0.6);
  }

  @Test
  void chromiumIsPassedOnInTheCodecThatItPrefers() {
    long opened = metric("encoders_opened");
    JsonObject seen = publishAndWatch("", "video/H264");
    assertEquals(0, metric("encoders_opened") - opened);
    JsonObject video = seen.getJsonObject("inbound").getJsonObject("video");
    assertEquals("video/H264", video.getString("codec"), seen.toString());
  }

  /**
   * Temporal layers refer to each other by a descriptor that is not passed on: without it each
   * picture refers to the one before it, and none is left out on the way.
   */
  @Test
  void chromiumsTemporalLayersArePassedOnAsOneStream() {
    long opened = metric("encoders_opened");
    JsonObject seen = publishAndWatch("", "video/VP8", "L1T3");
    assertEquals(0, metric("encoders_opened") - opened);
    JsonObject sent = seen.getJsonObject("sent").getJsonObject("video");
    assertEquals("L1T3", sent.getString("scalability"), seen.toString());
    JsonObject video = seen.getJsonObject("inbound").getJsonObject("video");
    assertEquals("video/VP8", video.getString("codec"), seen.toString());
    // A viewer that missed a reference would ask for a keyframe again and again.
    assertTrue(sent.getInt("pliCount") <= 5, seen.toString());
  }

  private static JsonObject publishAndWatch(String layers, String codec) {
    return publishAndWatch(layers, codec, "");
  }

  private static JsonObject publishAndWatch(String layers, String codec, String scalability) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--base=" + Product.http());
    arguments.add("--camera=" + clip().video());
    arguments.add("--layers=" + layers);
    arguments.add("--codec=" + codec);
    arguments.add("--scalability=" + scalability);
    if (!layers.isEmpty()) {
      arguments.add("--truth=" + clip().truth());
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
