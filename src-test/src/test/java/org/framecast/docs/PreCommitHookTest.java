package org.framecast.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hook, on a repository of its own. Maven is replaced by a script that says yes or no. */
class PreCommitHookTest {
  @TempDir Path repository;
  @TempDir Path programs;

  private record Result(int status, String output) {}

  @BeforeEach
  void aRepositoryWithTheHook() throws Exception {
    for (String file : List.of(".githooks/pre-commit", ".codespellrc", "bin/common.sh")) {
      Path copy = repository.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(SourceTree.root().resolve(file), copy);
    }
    assertEquals(0, run("git", "init", "-q").status());
  }

  private Result run(String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(repository.toFile()).redirectErrorStream(true);
    // What a surrounding git sets would lead this one to another repository.
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder
        .environment()
        .merge("PATH", programs.toString(), (path, first) -> first + File.pathSeparator + path);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(15, TimeUnit.SECONDS));
    return new Result(process.exitValue(), output);
  }

  private void stage(String name, byte[] content) throws Exception {
    Path file = repository.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    assertEquals(0, run("git", "add", name).status());
  }

  private Result hook() throws Exception {
    return run(repository.resolve(".githooks/pre-commit").toString());
  }

  private void maven(int status) throws IOException {
    Path program = programs.resolve("mvn");
    Files.writeString(program, "#!/bin/sh\necho \"[ERROR] $*\"\nexit " + status + "\n");
    assertTrue(program.toFile().setExecutable(true));
  }

  @Test
  void cleanTextPasses() throws Exception {
    stage("a.txt", "A word or two.\n".getBytes(StandardCharsets.UTF_8));
    Result result = hook();
    assertEquals(0, result.status(), result.output());
  }

  @Test
  void spellingIsChecked() throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "codespell"))),
        "codespell is not installed");
    stage("a.txt", ("A w" + "rod or two.\n").getBytes(StandardCharsets.UTF_8));
    Result result = hook();
    assertEquals(1, result.status(), result.output());
    assertTrue(result.output().contains("a.txt:1"), result.output());
  }

  @Test
  void whatIsStagedCountsAndNotWhatLiesThere() throws Exception {
    stage("a.bin", new byte[] {0, 1, 2});
    Files.writeString(repository.resolve("a.bin"), "text");
    assertEquals(1, hook().status());
  }

  @Test
  void binariesAreRefusedButTheModels() throws Exception {
    stage("models/a.onnx", new byte[] {0, 1, 2});
    assertEquals(0, hook().status());
    stage("a.bin", new byte[] {0, 1, 2});
    Result result = hook();
    assertEquals(1, result.status());
    assertTrue(result.output().contains("a.bin is binary"), result.output());
    assertFalse(result.output().contains("a.onnx"), result.output());
  }

  @Test
  void largeFilesAreRefused() throws Exception {
    byte[] text = new byte[600_000];
    Arrays.fill(text, (byte) '\n');
    stage("a.txt", text);
    Result result = hook();
    assertEquals(1, result.status());
    assertTrue(result.output().contains("a.txt has 600000 bytes"), result.output());
  }

  @Test
  void javaIsHandedToTheFormatter() throws Exception {
    stage("web/src/A.java", "class A {}\n".getBytes(StandardCharsets.UTF_8));
    maven(0);
    assertEquals(0, hook().status());
    maven(1);
    Result result = hook();
    assertEquals(1, result.status());
    assertTrue(result.output().contains("spotless:check -pl web"), result.output());
    assertTrue(result.output().contains("web/src/A\\.java"), result.output());
  }

  @Test
  void javaThatIsStagedInPartIsRefused() throws Exception {
    maven(0);
    stage("web/src/A.java", "class A {}\n".getBytes(StandardCharsets.UTF_8));
    Files.writeString(repository.resolve("web/src/A.java"), "class A {   }\n");
    Result result = hook();
    assertEquals(1, result.status());
    assertTrue(result.output().contains("staged in part"), result.output());
  }
}
