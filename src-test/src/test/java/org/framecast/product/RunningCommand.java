package org.framecast.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** {@code bin/run} or {@code bin/framecast} while it runs; closing it leaves no process. */
final class RunningCommand implements AutoCloseable {
  private static final int CONTROL_C = 3;

  private enum Place {
    TERMINAL,
    BACKGROUND
  }

  /** The terminal, or the script itself where there is none. */
  private final Process process;

  private final Path out;
  private final Place place;
  private final List<ProcessHandle> seen = new ArrayList<>();

  private RunningCommand(Process process, Path out, Place place) {
    this.process = process;
    this.out = out;
    this.place = place;
  }

  /** Starts it on a terminal; what it prints goes to a file beside the checkout. */
  static RunningCommand onTerminal(ScratchCheckout scratch, List<String> arguments) {
    String command = "exec bin/run " + String.join(" ", arguments);
    return start(
        scratch,
        List.of("script", "--quiet", "--return", "--flush", "--command", command, "/dev/null"),
        Place.TERMINAL);
  }

  /** Starts it without a terminal, whose end would tell the server too. */
  static RunningCommand inBackground(ScratchCheckout scratch, List<String> arguments) {
    List<String> line = new ArrayList<>(List.of("bin/run"));
    line.addAll(arguments);
    return start(scratch, line, Place.BACKGROUND);
  }

  /** Starts {@code bin/framecast} without a terminal. */
  static RunningCommand framecast(ScratchCheckout scratch, List<String> arguments) {
    List<String> line = new ArrayList<>(List.of("bin/framecast"));
    line.addAll(arguments);
    return start(scratch, line, Place.BACKGROUND);
  }

  private static RunningCommand start(ScratchCheckout scratch, List<String> line, Place place) {
    Path out = scratch.root().resolveSibling("printed");
    // A background job of a script ignores SIGINT, and so do its children; a user's do not.
    ProcessBuilder builder = new ProcessBuilder("env", "--default-signal=INT,HUP,TERM");
    builder.command().addAll(line);
    builder.environment().putAll(scratch.environment());
    try {
      return new RunningCommand(
          builder
              .directory(scratch.root().toFile())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start(),
          out,
          place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String printed() {
    try {
      return Files.readString(out, StandardCharsets.UTF_8).replace("\r", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has printed this. */
  void awaitPrinted(String text, Duration limit) {
    await(
        () -> {
          boolean there = printed().contains(text);
          if (!there && !process.isAlive()) {
            throw new AssertionError("ended with " + process.exitValue() + ": " + printed());
          }
          return there;
        },
        "print " + text,
        limit);
  }

  /** The script itself. */
  ProcessHandle script() {
    return place == Place.BACKGROUND
        ? process.toHandle()
        : process
            .children()
            .findFirst()
            .orElseThrow(() -> new AssertionError("no process under the terminal: " + printed()));
  }

  /** The server's JVM; waits until there is one. */
  ProcessHandle server() {
    List<ProcessHandle> servers = new ArrayList<>();
    await(
        () -> {
          process
              .descendants()
              .filter(it -> it.info().command().orElse("").endsWith("/bin/java"))
              .forEach(servers::add);
          return !servers.isEmpty();
        },
        "start a JVM",
        Duration.ofSeconds(60));
    return servers.getFirst();
  }

  /** Remembers every process that it started so far, to know later whether one was left. */
  void rememberProcesses() {
    seen.addAll(process.descendants().toList());
  }

  /** Types Ctrl-C. */
  void typeControlC() {
    try {
      process.getOutputStream().write(CONTROL_C);
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its end and for that of everything it started; its exit status. */
  int awaitEnd(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still there after " + limit + ": " + printed());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return process.exitValue();
  }

  /** Waits until no process that was remembered lives. */
  void awaitNoProcess(Duration limit) {
    await(() -> seen.stream().noneMatch(ProcessHandle::isAlive), "leave no process", limit);
  }

  private void await(BooleanSupplier condition, String what, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("did not " + what + " within " + limit + ": " + printed());
      }
      LockSupport.parkNanos(20_000_000L);
    }
  }

  @Override
  public void close() {
    rememberProcesses();
    seen.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
