package org.framecast.stream.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.framecast.stream.json.JsonText;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.source.scene.SceneI420;
import org.framecast.stream.source.scene.StillScenes;
import org.framecast.stream.source.scene.TruthBox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How well the shipped detector finds things, measured as the training script measures it. */
class DetectorQualityTest {
  private static final int SIZE = 320;
  private static final int SCENES = 500;
  private static final long NEW_SEED = 77_000_777;
  private static final DetectionSettings ALL = new DetectionSettings(0.01f, 0.6f, Set.of(), 100);

  private final FramePool pool = FramePool.open("quality", 1);

  private record Measured(double map50, String scenesSha256) {}

  @AfterEach
  void leavesNothingOpen() {
    assertEquals(0, pool.live());
    pool.close();
    assertEquals(0, ShippedModel.runtime().liveNatives());
  }

  @Test
  void agreesWithTheEvaluatorOnTheSameScenes() throws Exception {
    Map<?, ?> quality = quality();
    int scenes = (int) number(quality, "scenes");
    Measured measured = measure((long) number(quality, "seed"), scenes);
    assertTrue(scenes >= SCENES, scenes + " scenes");
    assertEquals(quality.get("scenesSha256"), measured.scenesSha256());
    double evaluated = number(quality, "map50");
    assertTrue(evaluated >= 0.90, "evaluated mAP50 " + evaluated);
    assertEquals(evaluated, measured.map50(), 0.005);
  }

  @Test
  void findsTheObjectsOfScenesItNeverSaw() throws Exception {
    Measured measured = measure(NEW_SEED, SCENES);
    assertTrue(measured.map50() >= 0.88, "mAP50 " + measured.map50());
  }

  private static Map<?, ?> quality() throws IOException {
    String text =
        Files.readString(ShippedModel.folder().resolve("detector").resolve("quality.json"));
    return (Map<?, ?>) JsonText.parse(text);
  }

  private static double number(Map<?, ?> quality, String name) {
    return quality.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private Measured measure(long seed, int count) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    MeanPrecision precision = new MeanPrecision();
    StillScenes scenes = new StillScenes(SIZE);
    byte[] bgr = new byte[scenes.sizeBytes()];
    List<TruthBox> truth = new ArrayList<>();
    try (Detector detector = ShippedModel.open(1);
        VideoFrame frame = pool.acquire(FrameShape.i420(SIZE, SIZE))) {
      for (int i = 0; i < count; i++) {
        scenes.render(seed, i, bgr, truth);
        digest.update(bgr);
        SceneI420.writeBgr(bgr, frame);
        precision.add(truth, detector.detect(frame, ALL));
      }
    }
    return new Measured(precision.mean(), HexFormat.of().formatHex(digest.digest()));
  }
}
