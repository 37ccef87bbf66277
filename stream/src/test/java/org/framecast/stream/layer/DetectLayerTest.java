package org.framecast.stream.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.inference.Detector;
import org.framecast.stream.inference.ShippedModel;
import org.framecast.stream.media.Detection;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.source.scene.MovingScene;
import org.framecast.stream.source.scene.TruthBox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DetectLayerTest {
  private final DetectLayerProvider provider = new DetectLayerProvider();
  private final FramePool pool = FramePool.open("detect", 1);
  private final Detector detector = ShippedModel.open(1);

  @AfterEach
  void leavesNothingOpen() {
    detector.close();
    detector.close();
    assertEquals(0, ShippedModel.runtime().liveNatives());
    assertEquals(0, pool.live());
    pool.close();
  }

  @Test
  void findsWhatMovesWhereItIs() {
    MovingScene scene = new MovingScene(1280, 720, 7, 300);
    Layer layer = layer("");
    int wanted = 0;
    int found = 0;
    for (int number = 0; number < scene.loopFrames(); number += 15) {
      List<TruthBox> truth = scene.truthAt(number);
      List<Detection> detections = look(layer, scene, number);
      wanted += truth.size();
      found += (int) truth.stream().filter(box -> isAmong(box, detections)).count();
    }
    assertTrue(found >= 0.95 * wanted, found + " of " + wanted);
  }

  @Test
  void keepsOnlyTheChosenClasses() {
    List<Detection> faces = look(layer(" face , star"), new MovingScene(640, 360, 7, 300), 4);
    assertTrue(faces.stream().allMatch(d -> List.of("face", "star").contains(d.label())));
    assertEquals(3, faces.size(), faces.toString());
  }

  @Test
  void refusesAClassThatTheModelDoesNotKnow() {
    OptionException failure = assertThrows(OptionException.class, () -> layer("face,dragon"));
    assertEquals("classes", failure.option());
    assertTrue(failure.rule().endsWith("circle, square, triangle, star, face"), failure.rule());
  }

  @Test
  void refusesToWorkWithoutADetector() {
    DetectOptions options = new DetectOptions(0.4, 0.6, "");
    MediaException failure =
        assertThrows(MediaException.class, () -> provider.create(options, nothing()));
    assertEquals(MediaException.Code.OPTIONS, failure.code());
  }

  @Test
  void aClosedDetectorFindsNothingMore() {
    detector.close();
    MovingScene scene = new MovingScene(640, 360, 7, 300);
    assertThrows(IllegalStateException.class, () -> look(layer(""), scene, 0));
  }

  @Test
  void isFoundAsAService() {
    assertTrue(
        ServiceLoader.load(LayerProvider.class).stream()
            .anyMatch(found -> found.type() == DetectLayerProvider.class));
  }

  private Layer layer(String classes) {
    return provider.create(new DetectOptions(0.4, 0.6, classes), context());
  }

  private List<Detection> look(Layer layer, MovingScene scene, int number) {
    FrameShape shape = FrameShape.i420(scene.width(), scene.height());
    try (TimestampedFrame frame =
        new TimestampedFrame(pool.acquire(shape), "scene", number, number)) {
      scene.render(number, frame.pixels());
      layer.process(frame);
      List<Detection> detections = frame.detections();
      return detections == null ? List.of() : detections;
    }
  }

  private static boolean isAmong(TruthBox box, List<Detection> detections) {
    return detections.stream()
        .anyMatch(
            d ->
                d.label().equals(box.kind().label())
                    && Math.abs(d.x() + d.width() / 2 - box.centreX()) < 0.12 * box.w()
                    && Math.abs(d.y() + d.height() / 2 - box.centreY()) < 0.12 * box.h()
                    && Math.abs(d.width() - box.w()) < 0.25 * box.w());
  }

  private ComponentContext context() {
    return new ComponentContext() {
      @Override
      public <T> Optional<T> find(Class<T> type) {
        return type.isInstance(detector) ? Optional.of(type.cast(detector)) : Optional.empty();
      }
    };
  }

  private static ComponentContext nothing() {
    return new ComponentContext() {
      @Override
      public <T> Optional<T> find(Class<T> type) {
        return Optional.empty();
      }
    };
  }
}
