package org.framecast.product;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one of the browser scripts and reads the JSON line that it ends with. */
final class Browser {
  /** More than the scripts' own, which say what is missing before they are ended. */
  private static final int PATIENCE = 5;

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
      boolean ended = process.waitFor(PATIENCE * limit.toSeconds(), TimeUnit.SECONDS);
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

  /** Starts a script that speaks of its progress and takes words on its way. */
  static Script start(String script, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(arguments);
    try {
      return new Script(
          script,
          new ProcessBuilder(command)
              .directory(Product.root().resolve("src-test/browser").toFile())
              .redirectErrorStream(true)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A script that runs; it ends by itself after a limit of its own. */
  static final class Script implements AutoCloseable {
    private final String name;
    private final Process process;
    private final BufferedReader out;
    private final StringBuilder printed = new StringBuilder();

    private Script(String name, Process process) {
      this.name = name;
      this.process = process;
      this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Waits until the script tells of this event. */
    void await(String event) {
      String wanted = "{\"event\":\"" + event + "\"}";
      try {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          printed.append('\n').append(line);
          if (line.equals(wanted)) {
            return;
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      throw new AssertionError(name + " ended before it was " + event + ":\n" + printed);
    }

    /** Says a word to the script. */
    void say(String word) {
      try {
        Writer in = process.outputWriter(StandardCharsets.UTF_8);
        in.write(word + "\n");
        in.flush();
      } catch (IOException e) {
        throw new AssertionError(name + " does not listen:\n" + rest(), e);
      }
    }

    /** Waits for the end; fails when the script does. */
    JsonObject result() {
      String all = rest();
      try {
        if (process.waitFor() != 0) {
          throw new AssertionError(name + " ended with " + process.exitValue() + "\n" + all);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
      return lastJson(all);
    }

    private String rest() {
      out.lines().forEach(line -> printed.append('\n').append(line));
      return printed.toString();
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
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
