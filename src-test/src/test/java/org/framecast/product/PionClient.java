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

/** Runs {@code bench/pion}, the client on Pion, and reads what it saw. */
final class PionClient {
  private static final String MISSING =
      "the Pion client is not built. bin/test builds it when Go 1.23 or newer is there: install Go"
          + " (https://go.dev/doc/install) and put go on the PATH.";

  private PionClient() {}

  /** Events of one run, by their names. */
  record Run(int status, List<JsonObject> events, String printed) {
    JsonObject event(String name) {
      return events.stream()
          .filter(event -> event.getString("event", "").equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no event " + name + ":\n" + printed));
    }
  }

  /** Runs it to its end; a client that is not built fails the test. */
  static Run run(Duration limit, List<String> arguments) {
    Path program = Product.root().resolve(".binaries/framecast-pion");
    if (!Files.isExecutable(program)) {
      throw new AssertionError(MISSING);
    }
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    try {
      Path out = Files.createTempFile("framecast-pion", ".out");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
      process.destroy();
      String printed = Files.readString(out, StandardCharsets.UTF_8);
      Files.delete(out);
      if (!ended) {
        throw new AssertionError("the Pion client hangs\n" + printed);
      }
      return new Run(process.exitValue(), events(printed), printed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * One viewer that waits for its first picture, however long the machine takes, and stays for two
   * seconds after it; what it saw is the line of its own.
   */
  static JsonObject watch(List<String> options) {
    List<String> arguments =
        new ArrayList<>(List.of("view", "-each", "-stay", "2s", "-warmup", "0s", "-seconds", "0s"));
    arguments.addAll(options);
    Run run = run(Duration.ofSeconds(60), arguments);
    if (run.status() != 0) {
      throw new AssertionError(run.printed());
    }
    return run.events().stream()
        .filter(event -> event.containsKey("viewer"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(run.printed()));
  }

  private static List<JsonObject> events(String printed) {
    List<JsonObject> events = new ArrayList<>();
    for (String line : printed.lines().filter(line -> line.startsWith("{")).toList()) {
      try (var reader = Json.createReader(new StringReader(line))) {
        events.add(reader.readObject());
      }
    }
    return events;
  }
}
