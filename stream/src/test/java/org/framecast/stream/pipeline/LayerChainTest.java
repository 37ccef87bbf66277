package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.PrivacyLayer;
import org.framecast.stream.flow.Stage;
import org.framecast.stream.flow.StageRecorder;
import org.framecast.stream.media.Detection;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.TimestampedFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LayerChainTest {
  private static final FrameShape SHAPE = FrameShape.i420(16, 16);

  private final List<String> ran = new ArrayList<>();
  private final List<Stage> measured = new ArrayList<>();
  private final FramePool pool = FramePool.open("test", 4);
  private TimestampedFrame frame = new TimestampedFrame(pool.acquire(SHAPE), "test", 0, 0);

  private final StageRecorder recorder =
      new StageRecorder() {
        @Override
        public void record(Stage stage, long nanos) {
          measured.add(stage);
        }

        @Override
        public void dropped(DropKind kind) {}
      };

  @BeforeEach
  void noDetections() {
    assertEquals(null, frame.detections());
  }

  @AfterEach
  void everyFrameIsBack() {
    frame.close();
    assertEquals(0, pool.live());
    pool.close();
  }

  private Layer layer(String name, Consumer<TimestampedFrame> work) {
    return new Layer() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void process(TimestampedFrame picture) {
        ran.add(name);
        work.accept(picture);
      }
    };
  }

  private Layer detect() {
    return layer(
        "detect",
        f -> {
          f.detections(List.of(new Detection("a", 0, 1, 0, 0, 4, 4)));
          f.sensitive(List.of());
        });
  }

  private Layer fails(String name) {
    return layer(
        name,
        f -> {
          throw new IllegalStateException(name);
        });
  }

  private PrivacyLayer hide() {
    return new PrivacyLayer() {
      @Override
      public void hideWhole(TimestampedFrame picture) {
        ran.add("whole");
      }

      @Override
      public String name() {
        return "hide";
      }

      @Override
      public void process(TimestampedFrame picture) {
        ran.add("hide");
      }
    };
  }

  @Test
  void runsInOrderAndMeasuresTheDetector() {
    LayerChain chain = LayerChain.of(List.of(detect(), hide(), layer("draw", f -> {})));
    assertSame(ChainResult.SHOWN, chain.apply(frame, recorder));
    assertEquals(List.of("detect", "hide", "draw"), ran);
    assertEquals(List.of(Stage.INFERENCE), measured);
  }

  @Test
  void whatFailsEndsTheChain() {
    LayerChain chain = LayerChain.of(List.of(fails("a"), layer("b", f -> {})));
    ChainResult.Failed failed =
        assertInstanceOf(ChainResult.Failed.class, chain.apply(frame, recorder));
    assertEquals("a", failed.layer());
    assertEquals(DropKind.ERROR, failed.kind());
    assertEquals(List.of("a"), ran);
  }

  @Test
  void aFailureBeforeTheHidingLayerIsAPrivacyDrop() {
    LayerChain chain = LayerChain.of(List.of(fails("detect"), hide()));
    ChainResult.Failed failed =
        assertInstanceOf(ChainResult.Failed.class, chain.apply(frame, recorder));
    assertEquals(DropKind.PRIVACY, failed.kind());
  }

  @Test
  void aFailureOfTheHidingLayerIsAPrivacyDrop() {
    PrivacyLayer broken =
        new PrivacyLayer() {
          @Override
          public void hideWhole(TimestampedFrame picture) {
            throw new AssertionError("whole");
          }

          @Override
          public String name() {
            return "hide";
          }

          @Override
          public void process(TimestampedFrame picture) {
            throw new StackOverflowError();
          }
        };
    for (List<Layer> layers : List.of(List.of(detect(), broken), List.<Layer>of(broken))) {
      TimestampedFrame fresh = new TimestampedFrame(pool.acquire(SHAPE), "test", 0, 0);
      try (fresh) {
        ChainResult.Failed failed =
            assertInstanceOf(
                ChainResult.Failed.class, LayerChain.of(layers).apply(fresh, recorder));
        assertEquals(DropKind.PRIVACY, failed.kind());
      }
    }
  }

  @Test
  void withoutADetectorTheWholePictureIsHidden() {
    LayerChain.of(List.of(hide())).apply(frame, recorder);
    assertEquals(List.of("whole"), ran);
  }

  @Test
  void aDetectorThatSkipsAFrameHidesItWhole() {
    LayerChain.of(List.of(layer("detect", f -> {}), hide())).apply(frame, recorder);
    assertEquals(List.of("detect", "whole"), ran);
  }

  @Test
  void aDetectorThatSaysOnlyWhatIsWantedHidesTheWholePicture() {
    Layer narrow = layer("narrow", f -> f.detections(List.of()));
    LayerChain.of(List.of(narrow, hide())).apply(frame, recorder);
    assertEquals(List.of("narrow", "whole"), ran);
  }

  @Test
  void otherPixelsAfterDetectionAreHiddenWhole() {
    Layer replace = layer("replace", f -> f.replacePixels(pool.acquire(SHAPE)));
    LayerChain.of(List.of(detect(), replace, hide())).apply(frame, recorder);
    assertEquals(List.of("detect", "replace", "whole"), ran);
  }

  @Test
  void pixelsThatCameBackAfterDetectionAreStillHiddenWhole() {
    Layer swapTwice =
        layer(
            "swap",
            f -> {
              f.pixels().hold();
              var first = f.pixels();
              f.replacePixels(pool.acquire(SHAPE));
              f.replacePixels(first);
            });
    Layer replace = layer("replace", f -> f.replacePixels(pool.acquire(SHAPE)));
    LayerChain.of(List.of(detect(), replace, swapTwice, hide())).apply(frame, recorder);
    assertEquals("whole", ran.getLast());
  }

  @Test
  void aChainWithoutHidingLayersCountsPlainDrops() {
    assertEquals(DropKind.LATE, LayerChain.empty().dropKind(DropKind.LATE));
    assertEquals(DropKind.PRIVACY, LayerChain.of(List.of(hide())).dropKind(DropKind.LATE));
    assertFalse(LayerChain.empty().hides());
  }
}
