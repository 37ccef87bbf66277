package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A test in which a browser's fake camera films the moving scene, and another browser watches. */
abstract class CameraTest extends ProductTest {
  static final Duration LIMIT = Duration.ofSeconds(75);

  @TempDir static Path folder;
  private static CameraClip clip;

  @BeforeAll
  static void renderTheCamera() throws IOException {
    clip = CameraClip.render(folder);
  }

  static CameraClip clip() {
    return clip;
  }

  /** What the watching browser's script says of the pictures whose number it could read. */
  record Boxes(JsonArray numbered, int count, double shareDrawn) {
    static Boxes of(JsonObject seen) {
      JsonArray numbered = seen.getJsonArray("numbered");
      double sum = 0;
      int count = 0;
      for (JsonObject picture : numbered.getValuesAs(JsonObject.class)) {
        for (JsonNumber share : picture.getJsonArray("shares").getValuesAs(JsonNumber.class)) {
          sum += share.doubleValue();
          count++;
        }
      }
      return new Boxes(numbered, count, sum / count);
    }

    /** So many pictures with so many boxes at least, and that share of their edges drawn. */
    void requireDrawn(int minPictures, int minCount, double minShare) {
      assertTrue(numbered.size() >= minPictures && count >= minCount, toString());
      assertTrue(shareDrawn >= minShare, toString());
    }
  }
}
