package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import org.framecast.stream.source.scene.SceneClass;
import org.framecast.stream.source.scene.TruthBox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a layer that hides, no face leaves the server, whatever else the session selected. */
class PrivacyIT extends ProductTest {
  /** Squares of detail all over the picture, which no mean of a patch keeps. */
  private static final int SQUARE = 4;

  private static final int DETAIL = 30;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"anonymise\"}",
        "{\"name\":\"anonymise\"},{\"name\":\"detect\",\"options\":{\"classes\":\"star\"}}",
        "{\"name\":\"detect\",\"options\":{\"classes\":\"star\"}},{\"name\":\"anonymise\"}",
        "{\"name\":\"detect\",\"options\":{\"confidence\":0.95}},{\"name\":\"anonymise\"}",
        "{\"name\":\"detect\"},{\"name\":\"detect\",\"options\":{\"classes\":\"square\"}},"
            + "{\"name\":\"boxes\"},{\"name\":\"anonymise\",\"options\":{\"classes\":\"face\"}}"
      })
  void everyFaceIsHidden(String layers) {
    for (double shown : shown(layers)) {
      assertTrue(shown < 0.15, shown + " of a face is shown");
    }
  }

  @Test
  void facesStayWhereNobodyHidesThem() {
    for (double shown : shown("{\"name\":\"detect\"}")) {
      assertTrue(shown > 0.8, shown + " of a face is shown");
    }
  }

  /** How much of each face's detail comes back. */
  private List<Double> shown(String layers) {
    Pictures.Scene scene = Pictures.scene(640, 360, 50);
    BufferedImage detailed = detailed(scene.image());
    Api.Session session = api().openSession();
    String state = "{\"layers\":[" + layers + "]}";
    Api.Answer answer = api().putJson("/session/state", session.accessToken(), state);
    assertEquals(200, answer.status(), answer.text());
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "image")) {
      socket.sendImage(Pictures.encode(detailed, "png"));
      BufferedImage out = Pictures.decode(socket.awaitMessage(), 1);
      List<TruthBox> faces =
          scene.truth().stream().filter(box -> box.kind() == SceneClass.FACE).toList();
      assertFalse(faces.isEmpty());
      return faces.stream().map(face -> survives(detailed, out, face)).toList();
    }
  }

  private static BufferedImage detailed(BufferedImage plain) {
    BufferedImage detailed =
        new BufferedImage(plain.getWidth(), plain.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < plain.getHeight(); y++) {
      for (int x = 0; x < plain.getWidth(); x++) {
        int more = (x / SQUARE + y / SQUARE) % 2 == 0 ? DETAIL : -DETAIL;
        int rgb = plain.getRGB(x, y);
        int result = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
          result |= Math.clamp((rgb >> shift & 255) + (long) more, 0, 255) << shift;
        }
        detailed.setRGB(x, y, result);
      }
    }
    return detailed;
  }

  /** Of the edges between squares inside the face, the share that is there as before. */
  private static double survives(BufferedImage before, BufferedImage after, TruthBox face) {
    int there = 0;
    int all = 0;
    int right = (int) (face.x() + 0.9 * face.w());
    for (int y = (int) (face.y() + 0.1 * face.h()); y < face.y() + 0.9 * face.h(); y++) {
      int first = ((int) (face.x() + 0.1 * face.w()) + SQUARE - 1) / SQUARE * SQUARE;
      for (int x = first; x + SQUARE < right; x += SQUARE) {
        int edge = step(before, x, y);
        if (Math.abs(edge) > DETAIL) {
          all++;
          there += 2 * step(after, x, y) * Integer.signum(edge) > Math.abs(edge) ? 1 : 0;
        }
      }
    }
    return (double) there / all;
  }

  /** From the middle of a square to the middle of the next. */
  private static int step(BufferedImage image, int x, int y) {
    int a = image.getRGB(x + 1, y) >> 8 & 255;
    int b = image.getRGB(x + 1 + SQUARE, y) >> 8 & 255;
    return b - a;
  }
}
