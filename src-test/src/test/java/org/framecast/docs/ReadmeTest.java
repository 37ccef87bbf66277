package org.framecast.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the README tells a newcomer to type is there. */
class ReadmeTest {
  private final String readme = read("README.md");

  private static String read(String file) {
    return SourceTree.read(SourceTree.root().resolve(file));
  }

  private Set<String> found(String pattern) {
    return Pattern.compile(pattern)
        .matcher(readme)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void commandsExistAndCanBeRun() {
    Set<String> commands = found("\\b(bin/[a-z]+)\\b");
    assertTrue(
        commands.containsAll(Set.of("bin/run", "bin/test", "bin/bench")), commands::toString);
    for (String command : commands) {
      Path file = SourceTree.root().resolve(command);
      assertTrue(Files.isExecutable(file), command);
    }
  }

  @Test
  void theOptionsOfTheStartAreThere() {
    Set<String> options = found("(--(?:port-offset|pair|bind|build-only|fast|help))\\b");
    assertTrue(options.size() >= 5, options::toString);
    String commands = read("bin/run") + read("bin/test");
    for (String option : options) {
      assertTrue(commands.contains("  " + option), option);
    }
  }

  @Test
  void thePathsOfTheApiAreThere() {
    Set<String> paths = found("\\$B(/[a-z/]+)");
    assertTrue(paths.size() >= 5, paths::toString);
    String openApi = read("web/src/main/webapp/docs/openapi.yaml");
    assertEquals(
        List.of(),
        paths.stream().filter(path -> !openApi.contains("\n  " + path + ":\n")).toList());
  }

  @Test
  void continuousIntegrationRunsTheWholeTestCommand() {
    String script = read(".ci/run");
    assertTrue(script.contains("exec bin/test"), script);
    assertFalse(script.contains("--fast") || script.contains("--only"), script);
  }
}
