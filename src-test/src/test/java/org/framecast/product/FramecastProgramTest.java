package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.framecast.product.Command.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/framecast} does around the program that it starts. */
class FramecastProgramTest {
  @TempDir Path folder;
  private ScratchCheckout scratch;

  @BeforeEach
  void aCheckout() {
    scratch = ScratchCheckout.in(folder);
    scratch.useBuiltLibrary();
  }

  private static Set<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.collect(Collectors.toSet());
    }
  }

  @Test
  void examplesWriteWhereGitDoesNotLookAndSayWhere() throws IOException {
    Set<Path> before = files(scratch.root());
    Set<Path> here = files(Path.of("").toAbsolutePath());
    Ended ended =
        scratch
            .command()
            .within(Duration.ofSeconds(120))
            .run(
                "bin/framecast",
                "run",
                scratch.root().resolve("stream/examples/1-test-pattern.json").toString());
    assertEquals(0, ended.status(), ended.printed());
    Path written = scratch.root().resolve(".run/examples");
    assertTrue(Files.size(written.resolve("test-pattern.mp4")) > 0, ended.printed());
    assertTrue(ended.says("files are in " + written), ended.printed());
    before.add(scratch.root().resolve(".run"));
    assertEquals(before, files(scratch.root()));
    assertEquals(here, files(Path.of("").toAbsolutePath()));
  }

  /** {@code script} gives it a terminal. */
  @Test
  void onATerminalTheModulesLineAloneIsKeptAway() {
    Ended ended =
        scratch
            .command()
            .with(with("FRAMECAST_JAVA_OPTS", "--add-exports not.there/x=ALL-UNNAMED"))
            .run(
                "/usr/bin/script",
                "-qec",
                scratch.root().resolve("bin/framecast") + " run absent.json",
                "/dev/null");
    assertEquals(2, ended.status(), ended.printed());
    assertFalse(ended.says("Using incubator modules"), ended.printed());
    assertTrue(ended.says("WARNING: Unknown module: not.there"), ended.printed());
    assertTrue(
        ended.error().strip().equals("error: there is no document absent.json that can be read"),
        ended.printed());
  }

  private Map<String, String> with(String name, String value) {
    return Stream.concat(
            scratch.environment().entrySet().stream(), Stream.of(Map.entry(name, value)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
