package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.awt.image.BufferedImage;
import java.util.List;
import org.framecast.stream.source.scene.TruthBox;
import org.junit.jupiter.api.Test;

/** Image mode: one image in, one processed image out, on the same socket. */
class ImageModeIT extends ProductTest {
  private static final String LAYERS = "{\"layers\":[{\"name\":\"detect\"},{\"name\":\"boxes\"}]}";

  @Test
  void aJpegComesBackWithBoxesWhereTheObjectsAre() {
    assertBoxes("jpeg");
  }

  @Test
  void aPngIsAPictureToo() {
    assertBoxes("png");
  }

  @Test
  void aWebpIsAPictureToo() {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "image")) {
      assertEquals("image", socket.subprotocol());
      socket.sendImage(Pictures.webp());
      assertEquals('v', socket.awaitMessage()[0]);
    }
  }

  @Test
  void bothSpellingsOfTheChannelAreTaken() {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "image")) {
      socket.send(0x01, Pictures.jpeg());
      assertEquals('v', socket.awaitMessage()[0]);
      socket.send('v', Pictures.jpeg());
      assertEquals('v', socket.awaitMessage()[0]);
    }
  }

  @Test
  void anImageCarriesNothingOfTheOneBefore() {
    for (String format : new String[] {"png", "jpeg"}) {
      Api.Session session = api().openSession();
      try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "image")) {
        for (int grey : new int[] {60, 60, 100, 100, 0, 0, 200}) {
          socket.sendImage(Pictures.plain(64, 64, grey, format));
          BufferedImage out = Pictures.decode(socket.awaitMessage(), 1);
          assertEquals(grey, out.getRGB(32, 32) & 255, 4, format);
        }
      }
    }
  }

  @Test
  void imagesThatFindNoPlaceAreToldAndTheStreamGoesOn() {
    byte[] large = Pictures.encode(Pictures.scene(1_280, 720, 50).image(), "jpeg");
    byte[] small = Pictures.plain(64, 64, 100, "jpeg");
    Api.Session session = api().openSession();
    assertEquals(200, api().putJson("/session/state", session.accessToken(), LAYERS).status());
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "image")) {
      for (int i = 0; i < 80; i++) {
        socket.sendImage(large);
      }
      socket.awaitError("overflow");
      socket.awaitEvent(
          event -> event.getString("type").equals("stats") && event.getInt("in_flight") == 0,
          "stats with nothing in flight");
      socket.sendImage(small);
      while (Pictures.decode(socket.awaitMessage(), 1).getWidth() != 64) {
        // One of the large ones that were taken.
      }
      assertFalse(socket.isClosed(), "it is no abuse");
    }
  }

  private void assertBoxes(String format) {
    Pictures.Scene scene = Pictures.scene(640, 360, 50);
    Api.Session session = api().openSession();
    assertEquals(200, api().putJson("/session/state", session.accessToken(), LAYERS).status());
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "image")) {
      socket.sendImage(Pictures.encode(scene.image(), format));
      JsonObject result = socket.awaitEvent("result");
      BufferedImage out = Pictures.decode(socket.awaitMessage(), 1);
      assertEquals(640, out.getWidth());
      assertEquals(360, out.getHeight());
      List<JsonObject> found =
          result.getJsonArray("detections").stream().map(JsonValue::asJsonObject).toList();
      assertTrue(scene.truth().size() >= 3, "a scene with something in it");
      for (TruthBox truth : scene.truth()) {
        double best = found.stream().mapToDouble(box -> overlap(truth, box)).max().orElse(0);
        assertTrue(best >= 0.8, truth + " has IoU " + best + " in " + found);
      }
      assertEquals(scene.truth().size(), found.size(), found.toString());
      assertTrue(Pictures.changedOnEdges(scene.image(), out, found) > 0.9, "the boxes are drawn");
    }
  }

  private static double overlap(TruthBox truth, JsonObject box) {
    if (!box.getString("label").equals(truth.kind().label())) {
      return 0;
    }
    double x = box.getJsonNumber("x").doubleValue();
    double y = box.getJsonNumber("y").doubleValue();
    double w = box.getJsonNumber("width").doubleValue();
    double h = box.getJsonNumber("height").doubleValue();
    double across = Math.min(x + w, truth.x() + truth.w()) - Math.max(x, truth.x());
    double down = Math.min(y + h, truth.y() + truth.h()) - Math.max(y, truth.y());
    if (across <= 0 || down <= 0) {
      return 0;
    }
    double both = across * down;
    return both / (w * h + truth.w() * truth.h() - both);
  }
}
