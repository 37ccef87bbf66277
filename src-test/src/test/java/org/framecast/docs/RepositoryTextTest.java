package org.framecast.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The repository says nothing of one machine: no package registry's host, which everyone's own
 * settings choose, and no absolute path of somebody's home.
 */
class RepositoryTextTest {
  // Written so that this file does not hold what it looks for.
  private static final Pattern REGISTRY =
      Pattern.compile(
          String.join(
              "|",
              "repo1?[.]maven[.](?:apache[.])?org",
              "registry[.]npmjs[.]org",
              "registry[.]yarnpkg[.]com",
              "(?:test[.])?pypi[.]org",
              "files[.]pythonhosted[.]org",
              "proxy[.]golang[.]org",
              "static[.]crates[.]io"));
  private static final Pattern HOME_PATH =
      Pattern.compile("(?<![\\w.}*/-])/(?:root|work|home)/\\w");

  @Test
  void noFileNamesARegistryOrAMachine() {
    List<String> found = new ArrayList<>();
    int read = 0;
    for (Path file : SourceTree.files()) {
      String text = SourceTree.readText(file).orElse("");
      read += text.isEmpty() ? 0 : 1;
      List<String> lines = text.lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (isForbidden(lines.get(i))) {
          found.add(SourceTree.relative(file) + ":" + (i + 1));
        }
      }
    }
    assertEquals(List.of(), found);
    int seen = read;
    assertTrue(seen > 100, () -> "read only " + seen + " files");
  }

  @Test
  void whatIsForbiddenIsFound() {
    assertTrue(isForbidden("https://registry" + ".npmjs.org/x"));
    assertTrue(isForbidden("cd /ho" + "me/someone"));
    assertFalse(isForbidden("http://maven.apache.org/POM/4.0.0"));
    assertFalse(isForbidden("models/work/scenes"));
  }

  /**
   * State comes by callbacks: a call for each packet and viewer would cost a lock of the library's.
   */
  @Test
  void nobodyAsksTheLibraryWhetherATrackIsOpen() {
    List<Path> sources =
        SourceTree.filesEnding(".java").stream()
            .filter(file -> SourceTree.relative(file).contains("src/main/java/org/framecast/"))
            .toList();
    assertTrue(sources.size() > 100, () -> "read only " + sources.size() + " files");
    assertEquals(
        List.of(),
        sources.stream()
            .filter(file -> SourceTree.read(file).contains("rtcIsOpen"))
            .map(SourceTree::relative)
            .toList());
  }

  private static boolean isForbidden(String line) {
    return REGISTRY.matcher(line).find() || HOME_PATH.matcher(line).find();
  }
}
