package org.framecast.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests are named after what they test, and what helps them says what it is. */
class TestNamesTest {
  private static final Pattern TEST_METHOD =
      Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest)\\b[^;{]*?\\bvoid (\\w+)\\(");
  private static final Pattern SAYS_NOTHING =
      Pattern.compile("test[A-Z_0-9].*|.*[wW]orks|.*Ok|test");
  private static final Pattern EMPTY_NAME =
      Pattern.compile(
          "(?:.*(?:Util|Utils|Utility|Helper|Helpers|Common|Misc|Base|Stuff|Support|Tools|Manager))|Test");

  private record Source(Path file, String name, String text) {
    static Source of(Path file) {
      String name = file.getFileName().toString().replaceFirst("\\.java$", "");
      return new Source(file, name, SourceTree.read(file));
    }

    boolean isTest() {
      return name.endsWith("Test") || name.endsWith("IT");
    }

    /** What the file is about: the class beside it whose name it has. */
    String subject() {
      return name.replaceFirst("(?:Test|IT)$", "");
    }

    boolean hasSubject() {
      String main = file.resolveSibling(subject() + ".java").toString();
      return Files.exists(Path.of(main.replace("/src/test/", "/src/main/")));
    }

    boolean isDescribed() {
      return Pattern.compile(
              "\\*/\\s+(?:@\\w+(?:\\([^)]*\\))?\\s+)*(?:(?:public|abstract|final|sealed) )*"
                  + "(?:class|record|@?interface|enum) "
                  + name
                  + "\\b")
          .matcher(text)
          .find();
    }

    @Override
    public String toString() {
      return SourceTree.relative(file);
    }
  }

  private static List<Source> sources(Predicate<Source> wanted) {
    List<Source> found =
        SourceTree.filesEnding(".java").stream()
            .filter(file -> SourceTree.relative(file).contains("src/test/java/"))
            .filter(file -> !SourceTree.relative(file).contains("brokenrule"))
            .filter(file -> !file.endsWith("package-info.java"))
            .map(Source::of)
            .filter(wanted)
            .toList();
    assertTrue(found.size() > 20, () -> "saw only " + found);
    return found;
  }

  @Test
  void aTestHasTheNameOfTheClassBesideItOrSaysWhatItIsAbout() {
    assertEquals(
        List.of(),
        sources(Source::isTest).stream()
            .filter(test -> !test.hasSubject() && !test.isDescribed())
            .toList());
  }

  @Test
  void methodsSayWhatHolds() {
    List<String> names =
        sources(Source::isTest).stream()
            .flatMap(
                test ->
                    TEST_METHOD
                        .matcher(test.text())
                        .results()
                        .map(it -> test.name() + "#" + it.group(1)))
            .toList();
    assertTrue(names.size() > 300, () -> "saw only " + names);
    assertEquals(
        List.of(),
        names.stream()
            .filter(name -> SAYS_NOTHING.matcher(name.substring(name.indexOf('#') + 1)).matches())
            .toList());
  }

  @Test
  void whatHelpsTestsHasADescribingNameAndSaysWhatItIs() {
    assertEquals(
        List.of(),
        sources(source -> !source.isTest()).stream()
            .filter(it -> EMPTY_NAME.matcher(it.name()).matches() || !it.isDescribed())
            .toList());
  }

  @Test
  void theCalculationsNeedNoExplainingComments() {
    for (String name : List.of("Bitrates.java", "FrameRateMeter.java", "VideoEncodeStep.java")) {
      String text = SourceTree.read(SourceTree.fileNamed(name).orElseThrow());
      assertEquals(List.of(), commentsInCode(text), name);
    }
  }

  /** Comments inside a method, or at the end of a line; Javadoc above a member is none. */
  private static List<String> commentsInCode(String text) {
    return text.lines()
        .filter(line -> line.matches(".*//.*|\\s{4,}/\\*.*|.*\\S\\s*/\\*.*"))
        .map(String::strip)
        .toList();
  }

  @Test
  void whatIsSoughtIsFound() {
    assertTrue(SAYS_NOTHING.matcher("testGetStreamMode").matches());
    assertTrue(SAYS_NOTHING.matcher("everythingWorks").matches());
    assertFalse(SAYS_NOTHING.matcher("theStreamHasAMode").matches());
    assertTrue(EMPTY_NAME.matcher("StreamTestUtil").matches());
    assertFalse(EMPTY_NAME.matcher("RawHandshake").matches());
    assertEquals(List.of("// 30 or so"), commentsInCode("  /** A rate. */\n    // 30 or so\n"));
    assertEquals(1, commentsInCode("    int rate = 30; // by default\n").size());
  }
}
