package org.framecast.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nothing in the mission's table points at what is not there. */
class MissionTest {
  private static final Set<String> STATES =
      Set.of("done", "part", "open", "later (2)", "later (3)", "later");
  private static final Set<String> CLAIMS = Set.of("done", "part");
  private static final Pattern TEST_NAME =
      Pattern.compile("\\b([A-Z]\\w*(?:Test|IT|Bench))(?:#(\\w+))?");
  private static final Pattern QUOTED_PATH = Pattern.compile("`([\\w.-]+(?:/[\\w.-]+)+)[^`]*`");
  private static final Pattern BENCHMARK = Pattern.compile("`bin/bench ([\\w-]+)");

  private final Mission mission =
      Mission.parse(SourceTree.read(SourceTree.root().resolve("docs/mission.md")));

  @Test
  void everySeedAndTheIssueHaveTheirRowsInOrder() {
    Map<String, List<Integer>> numbers =
        mission.rows().stream()
            .collect(
                Collectors.groupingBy(
                    Mission.Row::group,
                    Collectors.mapping(Mission.Row::number, Collectors.toList())));
    assertTrue(
        numbers.keySet().containsAll(Set.of("S000", "S001", "S002", "S003", "S004", "I1", "I2")),
        () -> "groups " + numbers.keySet());
    numbers.forEach(
        (group, found) ->
            assertEquals(
                IntStream.rangeClosed(1, found.size()).boxed().toList(),
                found,
                "numbers of " + group));
  }

  @Test
  void statesAreKnown() {
    assertEquals(
        List.of(),
        mission.rows().stream().filter(row -> !STATES.contains(row.stateWord())).toList());
  }

  @Test
  void whatIsDoneNamesWhatShowsIt() {
    assertEquals(
        List.of(),
        mission.rows().stream()
            .filter(row -> CLAIMS.contains(row.stateWord()))
            .filter(row -> names(row).isEmpty())
            .toList());
  }

  @Test
  void whatIsNamedExists() {
    List<String> missing = new ArrayList<>();
    for (Mission.Row row : mission.rows()) {
      for (String name : names(row)) {
        if (!exists(name)) {
          missing.add(row.id() + ": " + name);
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void skippedUnitTestsAreCoveredByTheProductsTests() {
    List<Mission.Row> skipped =
        mission.rows().stream()
            .filter(row -> row.promise().startsWith("*skip*"))
            .filter(row -> CLAIMS.contains(row.stateWord()))
            .toList();
    for (Mission.Row row : skipped) {
      assertTrue(
          names(row).stream()
              .flatMap(name -> testFile(name).stream())
              .anyMatch(file -> SourceTree.relative(file).startsWith("src-test/")),
          () -> row.id() + " names no test of the assembled product: " + row.evidence());
    }
  }

  @Test
  void aNameThatDoesNotExistIsFound() {
    assertTrue(exists("MissionTest"));
    assertTrue(exists("MissionTest#statesAreKnown"));
    assertFalse(exists("MissionTest#statesAreUnknown"));
    assertFalse(exists("SurelyAbsentTest"));
    assertFalse(exists("docs/absent.md"));
    assertTrue(exists("bench:encode"));
    assertFalse(exists("bench:absent"));
    assertThrows(IllegalArgumentException.class, () -> Mission.parse("| S000-01 | a | b |"));
  }

  /** Test classes, paths and benchmarks that the row's evidence names. */
  private static List<String> names(Mission.Row row) {
    List<String> names = new ArrayList<>();
    TEST_NAME.matcher(row.evidence()).results().map(MatchResult::group).forEach(names::add);
    QUOTED_PATH.matcher(row.evidence()).results().map(match -> match.group(1)).forEach(names::add);
    BENCHMARK
        .matcher(row.evidence())
        .results()
        .map(match -> "bench:" + match.group(1))
        .forEach(names::add);
    return names;
  }

  private static boolean exists(String name) {
    if (name.startsWith("bench:")) {
      String benchmark = name.substring("bench:".length());
      Path command = SourceTree.root().resolve("bin/bench");
      return Files.exists(command) && SourceTree.read(command).contains("\n  " + benchmark + ")");
    }
    if (name.contains("/")) {
      return Files.exists(SourceTree.root().resolve(name));
    }
    Optional<Path> file = testFile(name);
    int hash = name.indexOf('#');
    return file.isPresent()
        && (hash < 0
            || Pattern.compile("void " + name.substring(hash + 1) + "\\(")
                .matcher(SourceTree.read(file.get()))
                .find());
  }

  private static Optional<Path> testFile(String name) {
    int hash = name.indexOf('#');
    String type = hash < 0 ? name : name.substring(0, hash);
    return SourceTree.fileNamed(type + ".java")
        .filter(
            file ->
                SourceTree.relative(file).contains("src/test/")
                    || file.startsWith(SourceTree.root().resolve("bench")));
  }
}
