package org.framecast.stream.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.framecast.stream.flow.ComponentKind;
import org.framecast.stream.pipeline.SinkStatistics;
import org.framecast.stream.pipeline.StopMode;
import org.framecast.stream.pipeline.StreamBuilder;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.LayerChoice;
import org.framecast.stream.plugin.OptionProperty;
import org.framecast.stream.plugin.StreamAssembly;
import org.framecast.stream.plugin.StreamDocument;
import org.framecast.stream.time.Deadline;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of the kinds: one for each, right by their schemas, and run where no device is
 * needed.
 */
@Timeout(180)
class KindExamplesTest {
  private static final Path EXAMPLES = Path.of("examples/kinds");
  private static final Path MODELS = Path.of("../models").toAbsolutePath().normalize();
  private static final String BESIDE = "beside-clip";
  private static final Set<String> DEVICES =
      Set.of("source-webcam", "source-screen", "source-audio", "sink-display");

  /** An example of a source that does not end has run when its sink has taken so much. */
  private static final int ENOUGH = 10;

  private static final ComponentRegistry REGISTRY =
      ComponentRegistry.load(KindExamplesTest.class.getClassLoader());

  @TempDir private static Path here;
  private static Path image = Path.of("");

  @BeforeAll
  static void writeWhatTheyNeed() throws IOException {
    image = here.resolve("face.png");
    BufferedImage face = new BufferedImage(32, 32, BufferedImage.TYPE_INT_ARGB);
    face.createGraphics().fillOval(0, 0, 32, 32);
    assertTrue(ImageIO.write(face, "png", image.toFile()));
    run("source-test");
  }

  private static List<String> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList();
    }
  }

  static List<String> withoutDevices() throws IOException {
    return examples().stream()
        .filter(name -> !DEVICES.contains(name) && !name.equals(BESIDE))
        .toList();
  }

  /** Its paths lie in the test's folder, and its port is a free one. */
  private static StreamDocument document(String example) throws IOException {
    String text = Files.readString(EXAMPLES.resolve(example + ".json"));
    return StreamDocument.parse(
        text.replace("\"path\": \"", "\"path\": \"" + here + "/")
            .replace("\"port\": 8090", "\"port\": 0"));
  }

  private static String prefix(ComponentKind kind) {
    return kind.word().replace(' ', '-') + "-";
  }

  @Test
  void everyKindHasAnExampleAndNothingElseHas() throws IOException {
    Set<String> wanted = new TreeSet<>(List.of(BESIDE));
    for (ComponentKind kind : ComponentKind.values()) {
      REGISTRY.all(kind).forEach(provider -> wanted.add(prefix(kind) + provider.name()));
    }
    assertEquals(wanted, new TreeSet<>(examples()));
  }

  @Test
  void eachIsRightByTheSchemasAndUsesItsKind() throws IOException {
    for (String example : examples()) {
      StreamDocument document = document(example);
      new StreamAssembly(REGISTRY).check(document);
      if (!example.equals(BESIDE)) {
        assertTrue(kinds(document).contains(example), example);
      }
    }
  }

  /** Who has set one knows the others: {@code color}, as in CSS. */
  @Test
  void noOptionSpellsColorInAnotherWay() {
    Set<String> names = new TreeSet<>();
    for (ComponentKind kind : ComponentKind.values()) {
      REGISTRY
          .describe(kind)
          .forEach(
              component ->
                  component.options().properties().stream()
                      .map(OptionProperty::name)
                      .filter(name -> name.toLowerCase(Locale.ROOT).matches(".*colou?r.*"))
                      .forEach(name -> names.add(component.name() + " " + name)));
    }
    assertEquals(Set.of("test color", "text boxColor", "text color"), names);
  }

  private static Set<String> kinds(StreamDocument document) {
    Set<String> kinds = new TreeSet<>();
    kinds.add(prefix(ComponentKind.SOURCE) + document.source().kind());
    document.layers().stream()
        .map(LayerChoice::name)
        .forEach(name -> kinds.add(prefix(ComponentKind.LAYER) + name));
    document.audioLayers().stream()
        .map(LayerChoice::name)
        .forEach(name -> kinds.add(prefix(ComponentKind.AUDIO_LAYER) + name));
    document.compositor().ifPresent(c -> kinds.add(prefix(ComponentKind.COMPOSITOR) + c.kind()));
    document.sinks().forEach(s -> kinds.add(prefix(ComponentKind.SINK) + s.choice().kind()));
    return kinds;
  }

  @Test
  void theTextNamesThoseThatNeedSomething() throws IOException {
    String text = Files.readString(EXAMPLES.resolve("README.md"));
    for (String device : DEVICES) {
      assertTrue(text.contains("`" + device + "`"), device);
    }
  }

  @ParameterizedTest
  @MethodSource("withoutDevices")
  void itRuns(String example) throws IOException {
    run(example);
  }

  private static void run(String example) throws IOException {
    StreamDocument document = document(example);
    StreamAssembly assembly = new StreamAssembly(REGISTRY);
    try (Workbench bench =
            Workbench.open(
                new Workbench.Settings(here, Optional.of(MODELS), Optional.of(image)), said -> {});
        org.framecast.stream.pipeline.Stream beside =
            StreamRun.beside(document(BESIDE), REGISTRY, bench);
        StreamBuilder builder = assembly.build(document, new WithSources(REGISTRY, bench));
        org.framecast.stream.pipeline.Stream stream = builder.open(bench.resources())) {
      stream.start();
      assertTrue(await(stream), example + " does not end");
      assertTrue(stream.stop(StopMode.DRAIN, Duration.ofSeconds(60)), "stopped in time");
      assertEquals(Optional.empty(), stream.failure());
      for (SinkStatistics sink : stream.statistics().sinks()) {
        assertEquals(SinkStatistics.State.FINISHED, sink.state(), sink.name());
        assertTrue(sink.items() >= ENOUGH, sink.items() + " items");
      }
      assertEquals(0, dropped(stream), "dropped");
      assertEquals(Optional.empty(), beside.failure());
    }
    assertTrue(written(document), example + " wrote nothing");
  }

  private static long dropped(org.framecast.stream.pipeline.Stream stream) {
    return stream.statistics().pictures().dropped().values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Waits for its end, or for enough of it where it has none. */
  private static boolean await(org.framecast.stream.pipeline.Stream stream) {
    Deadline end = Deadline.in(Duration.ofSeconds(60));
    try {
      while (!stream.await(Duration.ofMillis(50))) {
        boolean enough =
            stream.info().duration().isEmpty()
                && stream.statistics().sinks().stream().allMatch(s -> s.items() >= 3 * ENOUGH)
                && stream.statistics().sinks().stream().anyMatch(s -> s.name().equals("webrtc"));
        if (enough || end.passed()) {
          return enough;
        }
      }
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether there is something by the names that its sinks were given. */
  private static boolean written(StreamDocument document) throws IOException {
    Set<String> there;
    try (Stream<Path> files = Files.list(here)) {
      there = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
    return document.sinks().stream()
        .map(sink -> sink.choice().options().get("path"))
        .allMatch(
            path ->
                path == null
                    || there.contains(
                        Path.of(path.toString().replace("%02d", "00")).getFileName().toString()));
  }
}
