package org.framecast.stream.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The document and the program of the tutorial, as they are printed there. */
class TutorialTest {
  @TempDir Path here;

  /** The text of the first block in that language. */
  private static String block(String language) throws IOException {
    String tutorial = Files.readString(Path.of("../docs/tutorial.md"));
    int begin = tutorial.indexOf("```" + language + "\n") + language.length() + 4;
    return tutorial.substring(begin, tutorial.indexOf("```", begin));
  }

  private void play(String file) throws IOException, InterruptedException {
    Path document = here.resolve("play.json");
    Files.writeString(
        document,
        """
        {"source": {"kind": "file", "options": {"path": "%s", "pace": "as-fast-as-possible"}},
         "sinks": [{"name": "stills", "kind": "images",
                    "options": {"path": "still-%%03d.png", "every": 1}}]}
        """
            .formatted(file));
    JavaProgram.run(here, List.of(Main.class.getName(), "run", document.toString()));
    try (var files = Files.list(here)) {
      assertEquals(90, files.filter(it -> it.toString().endsWith(".png")).count(), file);
    }
  }

  @Test
  void theDocumentMakesItsFile() throws Exception {
    Files.writeString(here.resolve("first.json"), block("json"));
    JavaProgram.run(here, List.of(Main.class.getName(), "run", "first.json"));
    play("first.mp4");
  }

  /** The server's modules inherit another scope, so the build itself would not notice. */
  @ParameterizedTest
  @ValueSource(strings = {"../stream/pom.xml", "../rtc-binding/pom.xml"})
  void whoNamesTheLibraryGetsWhatItRunsOn(String pom) throws IOException {
    List<String> missing =
        Files.readAllLines(Path.of(pom)).stream()
            .map(String::strip)
            .filter(line -> line.startsWith("<dependency><groupId>"))
            .filter(line -> !line.contains("<scope>compile</scope>"))
            .filter(line -> !line.contains("<scope>test</scope>"))
            .filter(
                line ->
                    !line.matches(
                        ".*>(jspecify|framecast-rtc-binding|jboss-logging-annotations|pitest-junit5-plugin)<.*"))
            .toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void theProgramMakesItsFile() throws Exception {
    Files.writeString(here.resolve("First.java"), block("java"));
    String said = JavaProgram.run(here, List.of("First.java", "made.mp4"));
    assertTrue(said.contains("ended: "), said);
    play("made.mp4");
  }
}
