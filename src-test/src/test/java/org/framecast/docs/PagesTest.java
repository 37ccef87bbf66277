package org.framecast.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages are plain modules that ask this server alone. */
class PagesTest {
  private static final Pattern OTHER_HOST =
      Pattern.compile("(?:https?|wss?)://(?!www\\.w3\\.org/)[\\w.]+|[\"'(]//[\\w.]+/");
  private static final Pattern BARE_IMPORT =
      Pattern.compile("(?:from|import)\\s*\\(?\\s*['\"](?![./])[^'\"]*['\"]");
  private static final Pattern INLINE =
      Pattern.compile("<script(?![^>]*\\bsrc=)[^>]*>|<style|\\son\\w+=|\\sstyle=");

  private static List<Path> pages(String... endings) {
    List<Path> found = new ArrayList<>();
    for (String ending : endings) {
      SourceTree.filesEnding(ending).stream()
          .filter(file -> SourceTree.relative(file).startsWith("web/src/main/webapp/"))
          .forEach(found::add);
    }
    return found;
  }

  private static List<String> matches(Pattern pattern, List<Path> files) {
    assertTrue(files.size() > 1, () -> "saw only " + files);
    return files.stream()
        .flatMap(
            file ->
                pattern
                    .matcher(SourceTree.read(file))
                    .results()
                    .map(match -> SourceTree.relative(file) + ": " + match.group()))
        .toList();
  }

  @Test
  void noPageNamesAnotherHost() {
    assertEquals(List.of(), matches(OTHER_HOST, pages(".html", ".js", ".css", ".svg")));
  }

  @Test
  void modulesImportEachOtherAndNothingElse() {
    assertEquals(List.of(), matches(BARE_IMPORT, pages(".js")));
  }

  @Test
  void pagesHaveNoInlineScriptOrStyle() {
    assertEquals(List.of(), matches(INLINE, pages(".html")));
  }

  @Test
  void whatIsSoughtIsFound() {
    assertTrue(OTHER_HOST.matcher("src=\"https://cdn.example/x.js\"").find());
    assertTrue(BARE_IMPORT.matcher("import { a } from 'library'").find());
    assertTrue(INLINE.matcher("<p onclick=\"x()\">").find());
  }
}
