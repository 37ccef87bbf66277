package org.framecast.stream.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.framecast.stream.flow.ComponentKind;
import org.framecast.stream.flow.SinkProvider;
import org.framecast.stream.flow.SourceProvider;
import org.framecast.stream.media.MediaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kinds of a third party's jar, which was compiled apart from the library. */
class PluginFolderTest {
  private static final ClassLoader LIBRARY = PluginFolder.class.getClassLoader();

  @TempDir Path scratch;

  @Test
  void kindsOfAJarStandBesideTheLibrarysOwn() throws IOException {
    try (PluginFolder plugins = PluginFolder.open(SamplePlugin.folder(scratch), LIBRARY)) {
      assertEquals(1, plugins.jars().size());
      ComponentRegistry registry = plugins.registry();
      SourceProvider<?> counter = registry.source("counter").orElseThrow();
      SinkProvider<?> log = registry.sink("frame-log").orElseThrow();
      assertNotSame(LIBRARY, counter.getClass().getClassLoader());
      assertEquals(counter.getClass().getClassLoader(), log.getClass().getClassLoader());
      assertTrue(registry.layer("invert").isPresent());
      assertTrue(registry.layer("boxes").isPresent());
    }
  }

  @Test
  void theirOptionsAreDescribedAndCheckedAsAllOthers() throws IOException {
    try (PluginFolder plugins = PluginFolder.open(SamplePlugin.folder(scratch), LIBRARY)) {
      ComponentDescription counter =
          plugins.registry().describe(ComponentKind.SOURCE).stream()
              .filter(source -> source.name().equals("counter"))
              .findFirst()
              .orElseThrow();
      assertEquals(
          List.of("pictures", "side", "rate", "paced"),
          counter.options().properties().stream().map(OptionProperty::name).toList());
      StreamDocument document =
          StreamDocument.parse(
              "{\"source\":{\"kind\":\"counter\",\"options\":{\"rate\":61}},\"sinks\":[]}");
      DocumentException wrong =
          assertThrows(
              DocumentException.class,
              () -> new StreamAssembly(plugins.registry()).check(document));
      assertEquals("/source/options/rate", wrong.pointer());
      assertEquals("rate must be a whole number from 1 to 60", wrong.rule());
    }
  }

  @Test
  void aFolderThatIsNotThereHasNone() {
    try (PluginFolder none = PluginFolder.open(scratch.resolve("absent"), LIBRARY)) {
      assertEquals(List.of(), none.jars());
      assertEquals(
          ComponentRegistry.load(LIBRARY).describe(ComponentKind.LAYER),
          none.registry().describe(ComponentKind.LAYER));
    }
  }

  @Test
  void aJarThatNamesWhatIsNotInItIsRefusedByName() throws IOException {
    Path services = Files.createDirectories(scratch.resolve("broken/META-INF/services"));
    Files.writeString(services.resolve(SourceProvider.class.getName()), "org.example.Absent\n");
    Path folder = Files.createDirectory(scratch.resolve("plugins"));
    SamplePlugin.pack(folder.resolve("broken.jar"), scratch.resolve("broken"));
    try (PluginFolder plugins = PluginFolder.open(folder, LIBRARY)) {
      MediaException refused = assertThrows(MediaException.class, plugins::registry);
      assertEquals(MediaException.Code.UNSUPPORTED, refused.code());
      assertTrue(
          String.valueOf(refused.getMessage()).contains("org.example.Absent"),
          refused.getMessage());
    }
  }

  @Test
  void twoOfOneNameAreRefused() throws IOException {
    Path folder = SamplePlugin.folder(scratch);
    try (PluginFolder plugins = PluginFolder.open(folder, LIBRARY)) {
      ComponentRegistry registry = plugins.registry();
      SourceProvider<?> counter = registry.source("counter").orElseThrow();
      assertThrows(IllegalArgumentException.class, () -> registry.with(counter));
    }
  }
}
