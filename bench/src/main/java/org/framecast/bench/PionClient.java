package org.framecast.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs {@code framecast-pion}, our Pion client, and hands on each line when it comes. */
final class PionClient {
  private PionClient() {}

  /** The program that {@code bin/bench} builds. */
  static Path program() {
    Path file = Path.of(System.getProperty("framecast.root", "."), ".binaries", "framecast-pion");
    if (!Files.isExecutable(file)) {
      throw new IllegalStateException(file + " is missing: bin/bench builds it, and needs Go");
    }
    return file;
  }

  /**
   * Runs the client to its end.
   *
   * @return every line that it printed
   */
  static List<JsonLine> run(List<String> arguments, Consumer<JsonLine> eachLine) {
    List<String> command = new ArrayList<>(List.of(program().toString()));
    command.addAll(arguments);
    List<JsonLine> lines = new ArrayList<>();
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try (BufferedReader reader = process.inputReader()) {
        process.getOutputStream().close();
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
          JsonLine line = new JsonLine(text);
          lines.add(line);
          eachLine.accept(line);
        }
        process.waitFor();
      } finally {
        process.destroy();
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The event of that name among the lines; an empty one if there is none. */
  static JsonLine event(List<JsonLine> lines, String name) {
    return lines.stream().filter(l -> l.isEvent(name)).findFirst().orElse(new JsonLine("{}"));
  }
}
