package org.framecast.stream.source.scene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StillScenesTest {
  /** Changes only with the renderer; then the detector must be trained and measured again. */
  private static final String HASH =
      "c04c5d3a3b3c7d8c37b1de909c3413cffdb61ffa9a7dfd5d2d0140f27b03da4f";

  private final StillScenes scenes = new StillScenes(320);
  private final byte[] bgr = new byte[scenes.sizeBytes()];
  private final List<TruthBox> truth = new ArrayList<>();

  @Test
  void aSeedGivesTheSameBytesForEver() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < 20; i++) {
      scenes.render(3, i, bgr, truth);
      digest.update(bgr);
    }
    assertEquals(HASH, HexFormat.of().formatHex(digest.digest()));
  }

  @Test
  void aSceneDoesNotDependOnThoseBeforeIt() {
    scenes.render(5, 9, bgr, truth);
    byte[] alone = bgr.clone();
    List<TruthBox> boxes = List.copyOf(truth);
    scenes.render(5, 8, bgr, truth);
    assertFalse(Arrays.equals(alone, bgr));
    scenes.render(5, 9, bgr, truth);
    assertArrayEquals(alone, bgr);
    assertEquals(boxes, truth);
  }

  @Test
  void allKindsOccurInsideThePictureAndLargeEnough() {
    Set<SceneClass> kinds = EnumSet.noneOf(SceneClass.class);
    for (int i = 0; i < 60; i++) {
      scenes.render(11, i, bgr, truth);
      assertTrue(truth.size() <= 7, truth.toString());
      for (TruthBox box : truth) {
        kinds.add(box.kind());
        assertTrue(box.x() >= 0 && box.x() + box.w() <= 320.001, box.toString());
        assertTrue(box.y() >= 0 && box.y() + box.h() <= 320.001, box.toString());
        assertTrue(box.w() > 10 && box.h() > 10, box.toString());
      }
    }
    assertEquals(EnumSet.allOf(SceneClass.class), kinds);
  }

  @Test
  void theFeedWritesHeaderPixelsAndBoxes() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SceneFeed.write(320, 4, 2, 1, out);
    scenes.render(4, 2, bgr, truth);
    ByteBuffer read = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(SceneFeed.MAGIC, read.getInt());
    assertEquals(320, read.getInt());
    assertEquals(320, read.getInt());
    assertEquals(truth.size(), read.getInt());
    byte[] pixels = new byte[bgr.length];
    read.get(pixels);
    assertArrayEquals(bgr, pixels);
    for (TruthBox box : truth) {
      assertEquals(box.kind().ordinal(), read.getFloat());
      assertEquals(box.x(), read.getFloat(), 1e-4);
      assertEquals(box.y(), read.getFloat(), 1e-4);
      assertEquals(box.w(), read.getFloat(), 1e-4);
      assertEquals(box.h(), read.getFloat(), 1e-4);
    }
    assertEquals(0, read.remaining());
  }
}
