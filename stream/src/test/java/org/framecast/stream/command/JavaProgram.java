package org.framecast.stream.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Programs in a process of their own, with the library on the class path. */
final class JavaProgram {
  private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();

  private JavaProgram() {}

  /**
   * One that was not started yet.
   *
   * @param folder where it runs
   * @param arguments the main class or a source file, and what it is given
   */
  static ProcessBuilder of(Path folder, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    line.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--add-modules", "jdk.incubator.vector"));
    line.add("-Dorg.bytedeco.javacpp.nopointergc=true");
    line.add("-Dframecast.root=" + CLONE);
    line.addAll(List.of("-cp", absolute(System.getProperty("java.class.path"))));
    line.addAll(arguments);
    return new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
  }

  /** Runs one to its good end; what it printed. */
  static String run(Path folder, List<String> arguments) throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    Process process = of(folder, arguments).redirectOutput(said.toFile()).start();
    try {
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), arguments + " does not end");
      assertEquals(0, process.exitValue(), arguments + ": " + Files.readString(said));
      return Files.readString(said);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String absolute(String classPath) {
    return Stream.of(classPath.split(":"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(":"));
  }
}
