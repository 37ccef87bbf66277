package org.framecast.stream.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.Label;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.flow.LayerProvider.Need;
import org.framecast.stream.flow.Option;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.layer.TextLayerProvider;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.StillImage;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.pipeline.LayerChain;
import org.junit.jupiter.api.Test;

class LayerChainsTest {
  enum Mode {
    FAST,
    @Label("Very slow indeed")
    VERY_SLOW
  }

  record Options(
      @Option(title = "Ratio", byDefault = "0.5", min = 0, max = 1, step = 0.05) double ratio,
      @Option(title = "Count", byDefault = "3", min = 1, max = 9, unit = "px") int count,
      @Option(title = "On", byDefault = "true") boolean on,
      @Option(title = "Text", byDefault = "hi", max = 5) String text,
      @Option(title = "Mode", byDefault = "very-slow", description = "How.") Mode mode) {}

  private record Fake(String name, Object options) implements Layer {
    @Override
    public void process(TimestampedFrame frame) {}
  }

  private record Kind(String name, int order, Set<Need> needs) implements LayerProvider<Options> {
    @Override
    public String title() {
      return name;
    }

    @Override
    public String description() {
      return "";
    }

    @Override
    public Class<Options> optionsType() {
      return Options.class;
    }

    @Override
    public Layer create(Options options, ComponentContext context) {
      return new Fake(name, options);
    }
  }

  private static final ComponentRegistry REGISTRY =
      ComponentRegistry.of(
          List.of(
              new Kind("boxes", 400, Set.of(Need.DETECTIONS)),
              new Kind("picture", 300, Set.of(Need.DETECTIONS, Need.SOURCE)),
              new Kind("caption", 410, Set.of()),
              new Kind("detect", 100, Set.of())));

  private static final ComponentContext NOTHING =
      new ComponentContext() {
        @Override
        public <T> Optional<T> find(Class<T> type) {
          return Optional.empty();
        }
      };

  private static final ComponentContext SOURCE =
      new ComponentContext() {
        @Override
        public <T> Optional<T> find(Class<T> type) {
          return type == StillImage.class
              ? Optional.of(type.cast(new StillImage(1, 1, new int[1])))
              : Optional.empty();
        }
      };

  private static List<String> names(LayerChain chain) {
    return chain.layers().stream().map(Layer::name).toList();
  }

  private static void assertRefused(String part, Map<String, ?> values) {
    MediaException refused =
        assertThrows(MediaException.class, () -> OptionBinder.bind(Options.class, values));
    assertEquals(MediaException.Code.OPTIONS, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains(part), refused.getMessage());
  }

  @Test
  void sortsAndAddsADetector() {
    List<LayerChoice> choices = List.of(LayerChoice.of("caption"), LayerChoice.of("boxes"));
    assertEquals(
        List.of("detect", "boxes", "caption"),
        names(LayerChains.build(REGISTRY, choices, NOTHING)));
  }

  @Test
  void aLayerThatPreparesThePictureIsNoDetector() {
    ComponentRegistry registry = REGISTRY.with(new Kind("mirror", 50, Set.of()));
    List<LayerChoice> choices = List.of(LayerChoice.of("boxes"), LayerChoice.of("mirror"));
    assertEquals(
        List.of("mirror", "detect", "boxes"), names(LayerChains.build(registry, choices, NOTHING)));
  }

  @Test
  void keepsTheDetectorThatWasChosen() {
    LayerChain chain =
        LayerChains.build(
            REGISTRY,
            List.of(LayerChoice.of("boxes"), new LayerChoice("detect", Map.of("count", 7))),
            NOTHING);
    assertEquals(List.of("detect", "boxes"), names(chain));
    assertEquals(
        new Fake("detect", new Options(0.5, 7, true, "hi", Mode.VERY_SLOW)),
        chain.layers().getFirst());
  }

  @Test
  void aFileMayStandInForTheSource() {
    ComponentRegistry registry =
        REGISTRY.with(new Kind("logo", 420, Set.of(LayerProvider.Need.SOURCE_OR_FILE)));
    for (Map<String, Object> options :
        List.of(Map.<String, Object>of(), Map.<String, Object>of("file", " "))) {
      assertTrue(
          LayerChains.needsSource(registry, List.of(new LayerChoice("logo", options))),
          options.toString());
    }
    assertFalse(
        LayerChains.needsSource(
            registry, List.of(new LayerChoice("logo", Map.of("file", "logo.png")))));
  }

  @Test
  void aSourceMustBeThereWhenALayerNeedsIt() {
    List<LayerChoice> choices = List.of(LayerChoice.of("picture"));
    assertTrue(LayerChains.needsSource(REGISTRY, choices));
    assertFalse(LayerChains.needsSource(REGISTRY, List.of(LayerChoice.of("boxes"))));
    LayerChains.check(REGISTRY, choices);
    MediaException refused =
        assertThrows(MediaException.class, () -> LayerChains.build(REGISTRY, choices, NOTHING));
    assertEquals(MediaException.Code.OPTIONS, refused.code());
    assertEquals(List.of("detect", "picture"), names(LayerChains.build(REGISTRY, choices, SOURCE)));
  }

  @Test
  void unknownLayersAndTooManyAreRefused() {
    assertThrows(
        MediaException.class,
        () -> LayerChains.check(REGISTRY, List.of(LayerChoice.of("nothing"))));
    assertThrows(
        MediaException.class,
        () -> LayerChains.check(REGISTRY, Collections.nCopies(17, LayerChoice.of("caption"))));
  }

  @Test
  void bindsWhatWasSaidAndFillsInTheRest() {
    assertEquals(
        new Options(0.5, 3, true, "hi", Mode.VERY_SLOW),
        OptionBinder.bind(Options.class, Map.of()));
    assertEquals(
        new Options(0.15, 9, false, "", Mode.FAST),
        OptionBinder.bind(
            Options.class,
            Map.of("ratio", 0.15, "count", 9.0, "on", false, "text", "", "mode", "fast")));
  }

  @Test
  void refusesWhatIsNotAllowedAndNamesIt() {
    assertRefused("ratio", Map.of("ratio", Double.NaN));
    assertRefused("ratio", Map.of("ratio", Double.POSITIVE_INFINITY));
    assertRefused("ratio", Map.of("ratio", 1.05));
    assertRefused("ratio", Map.of("ratio", 0.52));
    assertRefused("ratio", Map.of("ratio", "0.5"));
    assertRefused("count", Map.of("count", 0));
    assertRefused("count", Map.of("count", 2.5));
    assertRefused("count", Map.of("count", 1e300));
    assertRefused("count", Map.of("count", Double.NaN));
    assertRefused("on", Map.of("on", 1));
    assertRefused("on", Collections.singletonMap("on", null));
    assertRefused("text", Map.of("text", "longer"));
    assertRefused("mode", Map.of("mode", "VERY_SLOW"));
    assertRefused("other", Map.of("other", 1));
  }

  private static String rule(String option, Object value) {
    return assertThrows(
            OptionException.class, () -> OptionBinder.bind(Options.class, Map.of(option, value)))
        .rule();
  }

  @Test
  void aRefusalStatesTheWholeRule() {
    assertEquals("must be a number from 0 to 1 in steps of 0.05", rule("ratio", 2));
    assertEquals("must be a number from 0 to 1 in steps of 0.05", rule("ratio", "0.5"));
    assertEquals("must be a whole number from 1 to 9", rule("count", 2.5));
    assertEquals("must be true or false", rule("on", 1));
    assertEquals("must be a text of at most 5 characters", rule("text", "longer"));
    assertEquals("must be one of fast, very-slow", rule("mode", "slow"));
    assertEquals(
        "is not known here; the options are ratio, count, on, text, mode", rule("other", 1));
  }

  @Test
  void aRefusalNamesTheLayer() {
    List<LayerChoice> choices =
        List.of(LayerChoice.of("caption"), new LayerChoice("boxes", Map.of("count", 0)));
    OptionException refused =
        assertThrows(OptionException.class, () -> LayerChains.check(REGISTRY, choices));
    assertEquals("boxes", refused.layer());
    assertEquals("count", refused.option());
    assertEquals(1, refused.place());
  }

  /** Also when it is only known as the layer is made, and another of its kind is there. */
  @Test
  void aRefusalNamesThePlaceOfTheLayer() {
    ComponentRegistry registry = ComponentRegistry.of(List.of(new TextLayerProvider()));
    List<LayerChoice> choices =
        List.of(LayerChoice.of("text"), new LayerChoice("text", Map.of("color", "red")));
    try (FramePool frames = FramePool.open("text", 1)) {
      OptionException refused =
          assertThrows(
              OptionException.class,
              () -> LayerChains.build(registry, choices, having(FramePool.class, frames)));
      assertEquals("color", refused.option());
      assertEquals(1, refused.place());
    }
  }

  private static <P> ComponentContext having(Class<P> known, P part) {
    return new ComponentContext() {
      @Override
      public <T> Optional<T> find(Class<T> type) {
        return type == known ? Optional.of(type.cast(part)) : Optional.empty();
      }
    };
  }

  @Test
  void theNamesOfClassesAreInTheSchemaWhereAModelIsLoaded() {
    OptionSchema schema =
        ComponentRegistry.load(getClass().getClassLoader()).describe().stream()
            .filter(layer -> layer.name().equals("anonymise"))
            .findFirst()
            .orElseThrow()
            .options();
    assertFalse(schema.toMap().toString().contains("x-known"));
    assertTrue(
        schema
            .knowing(List.of("face", "star"))
            .toMap()
            .toString()
            .contains("x-known=[face, star]"));
  }

  @Test
  void whatIsNotSaidIsFilledIn() {
    assertEquals(
        Map.of("ratio", 0.15, "count", 3, "on", true, "text", "hi", "mode", "very-slow"),
        OptionSchema.of(Options.class).filled(Map.of("ratio", 0.15)));
  }

  @Test
  void describesOptionsAsJsonSchema() {
    Map<String, Object> schema = OptionSchema.of(Options.class).toMap();
    assertEquals(
        Map.of(
            "ratio",
            Map.of(
                "type",
                "number",
                "title",
                "Ratio",
                "minimum",
                0.0,
                "maximum",
                1.0,
                "multipleOf",
                0.05,
                "default",
                0.5),
            "count",
            Map.of(
                "type", "integer", "title", "Count", "minimum", 1, "maximum", 9, "default", 3,
                "x-unit", "px"),
            "on",
            Map.of("type", "boolean", "title", "On", "default", true),
            "text",
            Map.of("type", "string", "title", "Text", "maxLength", 5, "default", "hi"),
            "mode",
            Map.of(
                "type",
                "string",
                "title",
                "Mode",
                "description",
                "How.",
                "enum",
                List.of("fast", "very-slow"),
                "x-labels",
                Map.of("very-slow", "Very slow indeed"),
                "default",
                "very-slow")),
        schema.get("properties"));
  }

  @Test
  void theLibrarysOwnLayersAreFoundAndTheirDefaultsAreAllowed() {
    ComponentRegistry registry = ComponentRegistry.load(getClass().getClassLoader());
    List<String> names = registry.layers().stream().map(LayerProvider::name).toList();
    assertTrue(
        names.containsAll(List.of("anonymise", "picture", "boxes", "caption")), names.toString());
    assertTrue(names.indexOf("anonymise") < names.indexOf("picture"));
    for (LayerProvider<?> provider : registry.layers()) {
      OptionBinder.bind(provider.optionsType(), Map.of());
    }
    assertEquals(names, registry.describe().stream().map(LayerDescription::name).toList());
  }

  @Test
  void twoOfOneNameAreRefused() {
    Kind kind = new Kind("boxes", 1, Set.of());
    assertThrows(IllegalArgumentException.class, () -> REGISTRY.with(kind));
  }
}
