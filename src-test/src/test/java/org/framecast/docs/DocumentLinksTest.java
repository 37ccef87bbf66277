package org.framecast.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Documents find each other. */
class DocumentLinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

  @Test
  void linksBetweenDocumentsResolve() {
    List<String> dead = new ArrayList<>();
    List<Path> documents = SourceTree.filesEnding(".md");
    assertTrue(documents.size() > 10, () -> "saw only " + documents);
    for (Path document : documents) {
      String text = FENCED.matcher(SourceTree.read(document)).replaceAll("");
      for (String link : LINK.matcher(text).results().map(match -> match.group(1)).toList()) {
        if (!link.contains("://") && !resolves(document, link)) {
          dead.add(SourceTree.relative(document) + " → " + link);
        }
      }
    }
    assertEquals(List.of(), dead);
  }

  private static boolean resolves(Path document, String link) {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = path.isEmpty() ? document : document.resolveSibling(path).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return hash < 0
        || HEADING
            .matcher(SourceTree.read(target))
            .results()
            .map(DocumentLinksTest::anchor)
            .anyMatch(link.substring(hash + 1)::equals);
  }

  private static String anchor(MatchResult heading) {
    return heading
        .group(1)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  @Test
  void decisionsAndLearningsAreIndexed() {
    for (String folder : List.of("docs/decisions", "docs/learnings")) {
      String index = SourceTree.read(SourceTree.root().resolve(folder + "/README.md"));
      List<String> missing =
          SourceTree.filesEnding(".md").stream()
              .map(SourceTree::relative)
              .filter(name -> name.startsWith(folder + "/") && !name.endsWith("/README.md"))
              .map(name -> name.substring(folder.length() + 1))
              .filter(name -> !index.contains("](" + name + ")"))
              .toList();
      assertEquals(List.of(), missing, "pages that " + folder + "/README.md does not list");
    }
  }

  @Test
  void decisionsHaveTheirFourParts() {
    List<String> incomplete = new ArrayList<>();
    for (Path page : SourceTree.filesEnding(".md")) {
      String name = SourceTree.relative(page);
      if (name.matches("docs/decisions/\\d{3}-.*")) {
        String text = SourceTree.read(page).toLowerCase(Locale.ROOT);
        for (String part : List.of("trigger", "decision", "rejected", "consequences")) {
          if (!Pattern.compile("(?m)^(?:\\*\\*|#+ )" + part).matcher(text).find()) {
            incomplete.add(name + ": " + part);
          }
        }
      }
    }
    assertEquals(List.of(), incomplete);
  }
}
