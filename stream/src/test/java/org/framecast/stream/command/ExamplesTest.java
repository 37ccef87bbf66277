package org.framecast.stream.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the README, each by the program itself in an empty folder. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("examples").toAbsolutePath();
  private static final Path MODELS = Path.of("../models").toAbsolutePath().normalize();

  /** What each writes; in this order, because some read what the first writes. */
  private static final Map<String, List<String>> WRITTEN =
      new TreeMap<>(
          Map.of(
              "1-test-pattern.json", List.of("test-pattern.mp4"),
              "2-transcode.json", List.of("transcoded.webm"),
              "3-boxes.json", List.of("boxes.mkv"),
              "4-hls.json", List.of("hls/index.m3u8"),
              "5-two-sinks.json", List.of("bars.mp4", "still-000.png", "still-002.png")));

  /** Goes on until it is ended. */
  private static final String WATCHED = "6-watch.json";

  private static final String WATCH_AT = "watch at ";

  @TempDir Path here;

  @Test
  void everyExampleRunsToItsEnd() throws IOException, InterruptedException {
    for (Map.Entry<String, List<String>> example : WRITTEN.entrySet()) {
      String said = run(example.getKey());
      for (String file : example.getValue()) {
        assertTrue(Files.size(here.resolve(file)) > 0, example.getKey() + ": " + said);
      }
    }
    String readme = Files.readString(Path.of("README.md"));
    for (String example : examples()) {
      assertTrue(readme.contains("stream/examples/" + example), example);
    }
  }

  @Test
  void noExampleIsLeftOut() throws IOException {
    List<String> run = new ArrayList<>(WRITTEN.keySet());
    run.add(WATCHED);
    assertEquals(run, examples());
  }

  @Test
  void theOneThatIsWatchedSaysWhereAndEndsByASignal() throws Exception {
    Path document = here.resolve(WATCHED);
    String text = Files.readString(EXAMPLES.resolve(WATCHED));
    Files.writeString(document, text.replace("\"port\": 8090", "\"port\": 0"));
    Process process = JavaProgram.of(here, running(document)).start();
    try (BufferedReader lines = process.inputReader();
        HttpClient client = HttpClient.newHttpClient()) {
      String line = lines.readLine();
      while (line != null && !line.startsWith(WATCH_AT)) {
        line = lines.readLine();
      }
      URI page = URI.create(String.valueOf(line).substring(WATCH_AT.length()));
      HttpResponse<String> shown =
          client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(200, shown.statusCode());
      assertTrue(shown.body().contains("<video"), shown.body());
      process.destroy();
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), "ended");
      assertEquals(143, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  private List<String> running(Path document) {
    return List.of(Main.class.getName(), "run", document.toString(), "--models", MODELS.toString());
  }

  private String run(String example) throws IOException, InterruptedException {
    return JavaProgram.run(here, running(EXAMPLES.resolve(example)));
  }
}
