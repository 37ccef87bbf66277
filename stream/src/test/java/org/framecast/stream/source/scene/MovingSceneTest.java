package org.framecast.stream.source.scene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.VideoFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovingSceneTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;

  private final MovingScene scene = new MovingScene(WIDTH, HEIGHT, 7, 90);

  @Test
  void beginsAgainWithoutASeam() {
    scene.render(0);
    int[] first = scene.pixels().clone();
    scene.render(45);
    assertFalse(Arrays.equals(first, scene.pixels()));
    scene.render(90);
    assertArrayEquals(first, scene.pixels());
    scene.render(-90);
    assertArrayEquals(first, scene.pixels());
    assertEquals(scene.truthAt(1), scene.truthAt(91));
  }

  @Test
  void theSameSeedGivesTheSameScene() {
    MovingScene again = new MovingScene(WIDTH, HEIGHT, 7, 90);
    scene.render(17);
    again.render(17);
    assertArrayEquals(scene.pixels(), again.pixels());
    assertEquals(scene.truthAt(17), again.truthAt(17));
  }

  @Test
  void objectsFillTheirBoxesAndNeverMeet() {
    int checked = 0;
    for (int frame = 0; frame < 90; frame += 9) {
      scene.render(frame);
      int[] here = scene.pixels().clone();
      List<TruthBox> truth = scene.truthAt(frame);
      assertEquals(8, truth.size());
      for (TruthBox box : truth) {
        assertTrue(box.x() >= 0 && box.x() + box.w() <= WIDTH, box.toString());
        assertTrue(box.y() >= 0 && box.y() + box.h() <= HEIGHT, box.toString());
        assertTrue(truth.stream().noneMatch(other -> other != box && meet(box, other)));
      }
      scene.render(frame + 45);
      checked += assertBoxesAreTight(here, scene.pixels(), truth, scene.truthAt(frame + 45));
    }
    assertTrue(checked >= 25, checked + " boxes checked");
  }

  @Test
  void theQuickWayToI420GivesTheSameBytes() {
    try (FramePool pool = FramePool.open("scene", 2);
        VideoFrame quick = pool.acquire(FrameShape.i420(WIDTH, HEIGHT));
        VideoFrame whole = pool.acquire(FrameShape.i420(WIDTH, HEIGHT))) {
      for (int frame = 0; frame < 90; frame += 7) {
        scene.render(frame, quick);
        SceneI420.write(scene.pixels(), whole);
        for (int plane = 0; plane < 3; plane++) {
          assertEquals(-1, quick.plane(plane).mismatch(whole.plane(plane)), "frame " + frame);
        }
      }
    }
  }

  @Test
  void aStampIsReadBackAlsoWhenThePictureIsFaint() {
    try (FramePool pool = FramePool.open("stamp", 1);
        VideoFrame frame = pool.acquire(FrameShape.i420(WIDTH, HEIGHT))) {
      scene.render(3);
      SceneI420.write(scene.pixels(), frame);
      assertEquals(OptionalInt.empty(), PictureStamp.read(frame));
      for (int number : new int[] {0, 1, 0x123456, 0xFFFFFF}) {
        PictureStamp.paint(scene.pixels(), WIDTH, HEIGHT, number);
        for (int i = 0; i < scene.pixels().length; i++) {
          scene.pixels()[i] = (scene.pixels()[i] >> 1 & 0x7F7F7F) + 0x303030;
        }
        SceneI420.write(scene.pixels(), frame);
        assertEquals(OptionalInt.of(number), PictureStamp.read(frame));
      }
    }
  }

  @Test
  void aClipIsOneLoopWithItsTruth(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("clip.mjpeg");
    SceneClip.write(file, new MovingScene(160, 96, 7, 4));
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(4, count(bytes, 0xD8));
    assertEquals(4, count(bytes, 0xD9));
    String truth = Files.readString(Path.of(file + ".json"));
    assertEquals(4 * 8, truth.split("\"label\"", -1).length - 1);
  }

  private static int count(byte[] bytes, int marker) {
    int count = 0;
    for (int i = 0; i + 1 < bytes.length; i++) {
      count += (bytes[i] & 255) == 0xFF && (bytes[i + 1] & 255) == marker ? 1 : 0;
    }
    return count;
  }

  /** What differs from another frame lies in the boxes of one of the two and fills each box. */
  private static int assertBoxesAreTight(
      int[] here, int[] later, List<TruthBox> truth, List<TruthBox> others) {
    int checked = 0;
    for (TruthBox box : truth) {
      if (others.stream().anyMatch(other -> meet(box, other))) {
        continue;
      }
      int left = WIDTH;
      int right = 0;
      int top = HEIGHT;
      int bottom = 0;
      for (int y = Math.max(0, (int) box.y() - 6);
          y < Math.min(HEIGHT, box.y() + box.h() + 6);
          y++) {
        for (int x = Math.max(0, (int) box.x() - 6);
            x < Math.min(WIDTH, box.x() + box.w() + 6);
            x++) {
          if (here[y * WIDTH + x] != later[y * WIDTH + x] && !inside(others, x, y)) {
            left = Math.min(left, x);
            right = Math.max(right, x + 1);
            top = Math.min(top, y);
            bottom = Math.max(bottom, y + 1);
          }
        }
      }
      checked++;
      double most = 2 + 0.05 * box.h();
      assertEquals(box.x(), left, most, box.toString());
      assertEquals(box.x() + box.w(), right, most, box.toString());
      assertEquals(box.y(), top, most, box.toString());
      assertEquals(box.y() + box.h(), bottom, most, box.toString());
    }
    return checked;
  }

  private static boolean inside(List<TruthBox> boxes, int x, int y) {
    return boxes.stream()
        .anyMatch(
            box ->
                x >= box.x() - 4
                    && x <= box.x() + box.w() + 4
                    && y >= box.y() - 4
                    && y <= box.y() + box.h() + 4);
  }

  private static boolean meet(TruthBox a, TruthBox b) {
    return a.x() < b.x() + b.w()
        && b.x() < a.x() + a.w()
        && a.y() < b.y() + b.h()
        && b.y() < a.y() + a.h();
  }
}
