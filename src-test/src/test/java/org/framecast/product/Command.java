package org.framecast.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of a checkout, its environment, and how long it may take.
 *
 * @param environment what is set beside the environment of the tests
 */
record Command(Path checkout, Map<String, String> environment, Duration limit) {

  /** What a command printed, errors included, and how it ended. */
  record Ended(int status, String printed) {
    /** The one line of error; a failure when there is none, or more. */
    String error() {
      List<String> errors = printed.lines().filter(line -> line.startsWith("error: ")).toList();
      if (errors.size() != 1) {
        throw new AssertionError("not one line of error: " + printed);
      }
      return errors.getFirst();
    }

    boolean says(String text) {
      return printed.contains(text);
    }
  }

  static Command in(Path checkout) {
    return new Command(checkout, Map.of(), Duration.ofSeconds(60));
  }

  Command with(Map<String, String> variables) {
    return new Command(checkout, variables, limit);
  }

  Command within(Duration time) {
    return new Command(checkout, environment, time);
  }

  /** Runs a file of the checkout to its end. */
  Ended run(String file, String... arguments) {
    try {
      // By a file: what is left of a command that hangs would keep a pipe open.
      Path out = Files.createTempFile("framecast-command", ".out");
      try {
        ProcessBuilder builder = new ProcessBuilder(checkout.resolve(file).toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        }
        String printed = Files.readString(out, StandardCharsets.UTF_8);
        if (!ended) {
          throw new AssertionError(file + " hangs; it printed: " + printed);
        }
        return new Ended(process.exitValue(), printed);
      } finally {
        Files.delete(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
