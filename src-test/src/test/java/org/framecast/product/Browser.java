package org.framecast.product;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one of the browser scripts and reads the JSON line that it ends with. */
final class Browser {
  private Browser() {}

  /** Runs {@code src-test/browser/SCRIPT} with these arguments. */
  static JsonObject run(String script, Duration limit, List<String> arguments) {
    Path folder = Product.root().resolve("src-test/browser");
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(arguments);
    try {
      Path out = Files.createTempFile("framecast-browser", ".out");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
      }
      String printed = Files.readString(out, StandardCharsets.UTF_8);
      Files.delete(out);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError(
            script + (ended ? " ended with " + process.exitValue() : " hangs") + "\n" + printed);
      }
      return lastJson(printed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static JsonObject lastJson(String printed) {
    List<String> lines = printed.lines().filter(line -> line.startsWith("{")).toList();
    if (lines.isEmpty()) {
      throw new AssertionError("no JSON line in " + printed);
    }
    try (var reader = Json.createReader(new StringReader(lines.getLast()))) {
      return reader.readObject();
    }
  }
}
