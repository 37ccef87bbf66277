package org.framecast.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end and returns what it printed. */
final class ChildProcess {
  private static final long LIMIT_MINUTES = 15;

  private ChildProcess() {}

  /** Forks this JVM's own Java with its class path and the flags that natives need. */
  static String java(Class<?> main, List<String> arguments) {
    return run(javaCommand(main, arguments));
  }

  /** As {@link #java}, and lets it run; what it prints is its input here. */
  static Process startJava(Class<?> main, List<String> arguments) throws IOException {
    return new ProcessBuilder(javaCommand(main, arguments)).redirectErrorStream(true).start();
  }

  private static List<String> javaCommand(Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dorg.bytedeco.javacpp.nopointergc=true");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }

  static String run(List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      // The libraries of FFmpeg's program lie beside it, and not all of them say so.
      Path home = Path.of(command.getFirst()).getParent();
      if (home != null) {
        builder.environment().put("LD_LIBRARY_PATH", home.toString());
      }
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(String.join(" ", command) + "\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
