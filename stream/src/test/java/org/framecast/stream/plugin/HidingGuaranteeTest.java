package org.framecast.stream.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.StageRecorder;
import org.framecast.stream.inference.Detector;
import org.framecast.stream.inference.ShippedModel;
import org.framecast.stream.media.Detection;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.StillImage;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.pipeline.ChainResult;
import org.framecast.stream.pipeline.LayerChain;
import org.framecast.stream.source.scene.MovingScene;
import org.framecast.stream.source.scene.SceneClass;
import org.framecast.stream.source.scene.TruthBox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever is chosen around a layer that hides faces: no face of a rendered scene is shown. The
 * real layers, the shipped detector, pixels against the scene's truth.
 */
@Timeout(180)
class HidingGuaranteeTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;

  /** Fine detail all over the picture: no mean of a patch looks like it. */
  private static final int DETAIL = 10;

  /** Of a face that is hidden so much may look as before, at its own edges. */
  private static final double BY_CHANCE = 0.1;

  private final ComponentRegistry registry = ComponentRegistry.load(getClass().getClassLoader());
  private final FramePool pool = FramePool.open("hiding", 2);
  private final Detector detector = ShippedModel.open(1);

  @AfterEach
  void leavesNothingOpen() {
    detector.close();
    assertEquals(0, ShippedModel.runtime().liveNatives());
    assertEquals(0, pool.live());
    pool.close();
  }

  @Test
  void aFilterOfDetectHidesFacesNonetheless() {
    assertHides(detect(Map.of("classes", "star")), anonymise(Map.of()));
  }

  @Test
  void aHighConfidenceOfDetectHidesFacesNonetheless() {
    assertHides(detect(Map.of("confidence", 0.95)), anonymise(Map.of()));
  }

  @Test
  void anOverlapThatJoinsNeighboursHidesFacesNonetheless() {
    assertHides(detect(Map.of("overlap", 0.1)), anonymise(Map.of()));
  }

  @Test
  void aSecondDetectTakesNothingFromTheFirst() {
    assertHides(
        detect(Map.of("classes", "face")),
        detect(Map.of("classes", "star", "confidence", 0.95)),
        anonymise(Map.of("classes", "face")));
  }

  @Test
  void facesAreHiddenWhereverAnonymiseStandsInTheList() {
    assertHides(anonymise(Map.of()), detect(Map.of("classes", "square")));
    assertHides(LayerChoice.of("boxes"), anonymise(Map.of()), LayerChoice.of("detect"));
  }

  @Test
  void facesAreHiddenWithoutDetect() {
    assertHides(anonymise(Map.of()));
    assertHides(LayerChoice.of("boxes"), anonymise(Map.of("classes", "face")));
  }

  @Test
  void anyListWithAnonymiseHidesEveryFace() {
    Random random = new Random(20_261_121);
    for (int round = 0; round < 40; round++) {
      List<LayerChoice> choices = new ArrayList<>();
      choices.add(hidesFaces(random));
      for (int more = random.nextInt(5); more > 0; more--) {
        choices.add(any(random));
      }
      Collections.shuffle(choices, random);
      assertHides(choices, random.nextInt(8), random.nextInt(300));
    }
  }

  @Test
  void boxesShowWhatDetectWasToldToFindAndNoMore() {
    LayerChain chain =
        chain(List.of(detect(Map.of("classes", "star")), anonymise(Map.of("classes", "face"))));
    try (TimestampedFrame frame = picture(7, 0)) {
      apply(chain, frame);
      List<Detection> shown = Objects.requireNonNull(frame.detections());
      assertFalse(shown.isEmpty());
      assertTrue(shown.stream().allMatch(d -> d.label().equals("star")), shown.toString());
    }
  }

  @Test
  void withoutAnonymiseFacesStay() {
    LayerChain chain = chain(List.of(LayerChoice.of("detect")));
    try (TimestampedFrame frame = picture(7, 0)) {
      byte[] before = luma(frame);
      apply(chain, frame);
      for (TruthBox face : faces(7, 0)) {
        assertEquals(1, survives(before, luma(frame), face));
      }
    }
  }

  private void assertHides(LayerChoice... choices) {
    for (int scene = 0; scene < 3; scene++) {
      assertHides(List.of(choices), scene, 40L * scene);
    }
  }

  private void assertHides(List<LayerChoice> choices, int seed, long number) {
    LayerChain chain = chain(choices);
    List<TruthBox> faces = faces(seed, number);
    assertTrue(!faces.isEmpty());
    try (TimestampedFrame frame = picture(seed, number)) {
      byte[] before = luma(frame);
      apply(chain, frame);
      byte[] after = luma(frame);
      for (TruthBox face : faces) {
        double survives = survives(before, after, face);
        assertTrue(
            survives <= BY_CHANCE,
            () -> survives + " of " + face + " is shown in scene " + seed + " by " + choices);
      }
    }
  }

  private LayerChain chain(List<LayerChoice> choices) {
    return LayerChains.build(registry, choices, new Everything());
  }

  private static void apply(LayerChain chain, TimestampedFrame frame) {
    assertSame(ChainResult.SHOWN, chain.apply(frame, StageRecorder.none()));
  }

  private static LayerChoice detect(Map<String, Object> options) {
    return new LayerChoice("detect", options);
  }

  private static LayerChoice anonymise(Map<String, Object> options) {
    return new LayerChoice("anonymise", options);
  }

  private LayerChoice hidesFaces(Random random) {
    LayerChoice choice = random("anonymise", random);
    Map<String, Object> options = new HashMap<>(choice.options());
    options.put("classes", random.nextBoolean() ? "" : "star, Face");
    return anonymise(options);
  }

  private LayerChoice any(Random random) {
    List<String> names = List.of("detect", "detect", "anonymise", "boxes", "caption", "picture");
    return random(names.get(random.nextInt(names.size())), random);
  }

  /** Any value that the option's schema allows. */
  private LayerChoice random(String name, Random random) {
    Map<String, Object> options = new HashMap<>();
    for (OptionProperty property :
        OptionSchema.of(registry.layer(name).orElseThrow().optionsType()).properties()) {
      if (random.nextInt(3) > 0) {
        options.put(property.name(), random(property, random));
      }
    }
    return new LayerChoice(name, options);
  }

  private static Object random(OptionProperty property, Random random) {
    return switch (property) {
      case OptionProperty.Decimal d -> {
        int first = (int) Math.round(d.min() / d.step());
        int last = (int) Math.round(d.max() / d.step());
        yield random.nextInt(first, last + 1) * d.step();
      }
      case OptionProperty.Whole w -> random.nextInt(w.min(), w.max() + 1);
      case OptionProperty.Switch s -> random.nextBoolean();
      case OptionProperty.Choice c -> c.words().get(random.nextInt(c.words().size()));
      case OptionProperty.ClassList list -> {
        List<String> kinds = Arrays.stream(SceneClass.values()).map(SceneClass::label).toList();
        yield kinds.get(random.nextInt(kinds.size()));
      }
      case OptionProperty.Text t -> "x";
    };
  }

  private static List<TruthBox> faces(int seed, long number) {
    return new MovingScene(WIDTH, HEIGHT, seed, 300)
        .truthAt(number).stream().filter(box -> box.kind() == SceneClass.FACE).toList();
  }

  private TimestampedFrame picture(int seed, long number) {
    VideoFrame pixels = pool.acquire(FrameShape.i420(WIDTH, HEIGHT));
    new MovingScene(WIDTH, HEIGHT, seed, 300).render(number, pixels);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        long at = (long) y * pixels.stride(0) + x;
        int value = pixels.plane(0).get(ValueLayout.JAVA_BYTE, at) & 0xFF;
        int detailed = Math.clamp(value, 30, 220) + ((x + y) % 2 == 0 ? DETAIL : -DETAIL);
        pixels.plane(0).set(ValueLayout.JAVA_BYTE, at, (byte) detailed);
      }
    }
    return new TimestampedFrame(pixels, "scene", number, number);
  }

  private static byte[] luma(TimestampedFrame frame) {
    byte[] bytes = new byte[WIDTH * HEIGHT];
    VideoFrame pixels = frame.pixels();
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        long at = (long) y * pixels.stride(0) + x;
        bytes[y * WIDTH + x] = pixels.plane(0).get(ValueLayout.JAVA_BYTE, at);
      }
    }
    return bytes;
  }

  /** How much of the face's fine detail is there as before; its outermost tenth does not count. */
  private static double survives(byte[] before, byte[] after, TruthBox face) {
    int same = 0;
    int all = 0;
    for (int y = (int) (face.y() + 0.1 * face.h()); y < face.y() + 0.9 * face.h(); y++) {
      for (int x = (int) (face.x() + 0.1 * face.w()); x < face.x() + 0.9 * face.w(); x++) {
        int at = y * WIDTH + x;
        all++;
        same += Math.abs(edge(before, at) - edge(after, at)) < DETAIL ? 1 : 0;
      }
    }
    return (double) same / all;
  }

  /** What the checkered detail makes of it is 20 in one direction or the other. */
  private static int edge(byte[] luma, int at) {
    return (luma[at] & 0xFF) - (luma[at + 1] & 0xFF);
  }

  /** A detector and a source image. */
  private final class Everything implements ComponentContext {
    @Override
    public <T> Optional<T> find(Class<T> type) {
      if (type == Detector.class) {
        return Optional.of(type.cast(detector));
      }
      int[] blue = new int[64];
      Arrays.fill(blue, 0xFF0000FF);
      return type == StillImage.class
          ? Optional.of(type.cast(new StillImage(8, 8, blue)))
          : Optional.empty();
    }
  }
}
