package org.framecast.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The architecture's list of packages and the packages that there are. */
class ArchitectureDocumentTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\|( `org\\.framecast[^|]*)\\|");
  private static final Pattern NAME = Pattern.compile("`(org\\.framecast[\\w.]*)`");
  private static final String SOURCES = "src/main/java/";

  private final Set<String> described =
      ROW.matcher(SourceTree.read(SourceTree.root().resolve("docs/architecture.md")))
          .results()
          .map(row -> row.group(1))
          .flatMap(cell -> NAME.matcher(cell).results())
          .map(name -> name.group(1))
          .collect(Collectors.toCollection(TreeSet::new));

  private final Set<String> present =
      SourceTree.filesEnding("package-info.java").stream()
          .map(SourceTree::relative)
          .filter(name -> name.contains(SOURCES) && !name.startsWith("bench/"))
          .filter(name -> !name.startsWith("stream/examples/"))
          .map(ArchitectureDocumentTest::packageOf)
          .collect(Collectors.toCollection(TreeSet::new));

  private static String packageOf(String file) {
    Path folder = Path.of(file.substring(file.indexOf(SOURCES) + SOURCES.length())).getParent();
    return folder == null ? "" : folder.toString().replace('/', '.');
  }

  @Test
  void describedPackagesExist() {
    assertTrue(described.size() > 20, () -> "read only " + described);
    assertEquals(
        Set.of(),
        described.stream()
            .filter(
                name ->
                    present.stream().noneMatch(it -> it.equals(name) || it.startsWith(name + ".")))
            .collect(Collectors.toSet()));
  }

  @Test
  void packagesAreDescribed() {
    assertEquals(
        Set.of(),
        present.stream()
            .filter(name -> !name.equals("org.framecast.stream"))
            .filter(
                name ->
                    described.stream()
                        .noneMatch(it -> name.equals(it) || name.startsWith(it + ".")))
            .collect(Collectors.toSet()));
  }

  @Test
  void namesAreReadFromTheFirstColumn() {
    assertEquals(
        1,
        ROW.matcher("| `org.framecast.a` | see `org.framecast.b` |")
            .results()
            .map(MatchResult::group)
            .count());
  }
}
