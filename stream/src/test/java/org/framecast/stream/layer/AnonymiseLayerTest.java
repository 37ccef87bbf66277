package org.framecast.stream.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.framecast.stream.layer.AnonymiseOptions.Mode;
import org.framecast.stream.media.Detection;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.TimestampedFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnonymiseLayerTest {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 121;

  private final FramePool pool = FramePool.open("test", 4);

  @AfterEach
  void everyFrameIsBack() {
    assertEquals(0, pool.live());
    pool.close();
  }

  private static AnonymiseLayer layer(Mode mode, double margin, String... classes) {
    return new AnonymiseLayer(new AnonymiseOptions(mode, 0.5, margin, ""), Set.of(classes));
  }

  private static boolean hiddenWhole(TimestampedFrame frame) {
    return Pictures.edges(frame, 0, 0, 0, WIDTH, HEIGHT) == 0
        && Pictures.edges(frame, 1, 0, 0, WIDTH / 2, 61) == 0
        && Pictures.edges(frame, 2, 0, 0, WIDTH / 2, 61) == 0;
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void hidesTheBoxWithItsMarginAndNothingElse(Mode mode) {
    try (TimestampedFrame frame = Pictures.checkered(pool, WIDTH, HEIGHT)) {
      Pictures.with(frame, Pictures.box("face", 50, 40, 40, 40));
      layer(mode, 0.25).process(frame);
      assertEquals(0, Pictures.edges(frame, 0, 40, 30, 100, 90));
      assertEquals(0, Pictures.edges(frame, 1, 20, 15, 50, 45));
      assertEquals(0, Pictures.edges(frame, 2, 20, 15, 50, 45));
      assertEquals(39 * HEIGHT, Pictures.edges(frame, 0, 0, 0, 40, HEIGHT));
      assertEquals(59 * HEIGHT, Pictures.edges(frame, 0, 100, 0, 160, HEIGHT));
      assertEquals(159 * 30, Pictures.edges(frame, 0, 0, 0, 160, 30));
      assertEquals(159 * 31, Pictures.edges(frame, 0, 0, 90, 160, HEIGHT));
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void hidesTheWholePictureWhenNobodyLookedAtIt(Mode mode) {
    try (TimestampedFrame frame = Pictures.checkered(pool, WIDTH, HEIGHT)) {
      layer(mode, 0).process(frame);
      assertTrue(hiddenWhole(frame));
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void hidesTheWholePictureWhenABoxMakesNoSense(Mode mode) {
    List<Detection> senseless =
        List.of(
            Pictures.box("a", Float.NaN, 1, 2, 3),
            Pictures.box("a", 1, 2, Float.POSITIVE_INFINITY, 3),
            Pictures.box("a", 1, 2, 3, Float.NaN),
            Pictures.box("a", 50, 50, -20, 10),
            Pictures.box("a", 50, 50, 0, 10));
    for (Detection box : senseless) {
      try (TimestampedFrame frame = Pictures.checkered(pool, WIDTH, HEIGHT)) {
        Pictures.with(frame, Pictures.box("b", 10, 10, 20, 20), box);
        layer(mode, 0).process(frame);
        assertTrue(hiddenWhole(frame), box.toString());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void hidesOnlyTheClassesThatWereChosen(Mode mode) {
    try (TimestampedFrame frame = Pictures.checkered(pool, WIDTH, HEIGHT)) {
      Pictures.with(
          frame, Pictures.box("Face", 10, 10, 30, 30), Pictures.box("cat", 100, 60, 30, 30));
      layer(mode, 0, "face").process(frame);
      assertEquals(0, Pictures.edges(frame, 0, 10, 10, 40, 40));
      assertEquals(29 * 30, Pictures.edges(frame, 0, 100, 60, 130, 90));
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aBoxThatReachesOutIsHiddenToTheEdge(Mode mode) {
    try (TimestampedFrame frame = Pictures.checkered(pool, WIDTH, HEIGHT)) {
      Pictures.with(frame, Pictures.box("a", -500, -500, 5_000, 5_000));
      layer(mode, 1).process(frame);
      assertTrue(hiddenWhole(frame));
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void hidesTheWholePictureWhenTheListMayHaveBeenCut(Mode mode) {
    try (TimestampedFrame frame = Pictures.checkered(pool, WIDTH, HEIGHT)) {
      frame.sensitive(
          Collections.nCopies(DetectLayer.MAX_SENSITIVE, Pictures.box("a", 0, 0, 8, 8)));
      layer(mode, 0, "face").process(frame);
      assertTrue(hiddenWhole(frame));
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void doesNotGoByWhatIsWanted(Mode mode) {
    try (TimestampedFrame frame = Pictures.checkered(pool, WIDTH, HEIGHT)) {
      frame.detections(List.of());
      layer(mode, 0).process(frame);
      assertTrue(hiddenWhole(frame));
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aFrameWithoutFindingsStaysAsItIs(Mode mode) {
    try (TimestampedFrame frame = Pictures.checkered(pool, WIDTH, HEIGHT)) {
      Pictures.with(frame);
      layer(mode, 1).process(frame);
      assertEquals(159 * HEIGHT, Pictures.edges(frame, 0, 0, 0, WIDTH, HEIGHT));
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void hidesPicturesOfAnySize(Mode mode) {
    for (int[] size : new int[][] {{2, 2}, {3, 5}, {1, 1}, {2_000, 4}, {7, 1_001}, {1280, 720}}) {
      try (TimestampedFrame frame = Pictures.checkered(pool, size[0], size[1])) {
        layer(mode, 0).process(frame);
        assertEquals(0, Pictures.edges(frame, 0, 0, 0, size[0], size[1]));
      }
    }
  }
}
