package org.framecast.stream.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.framecast.stream.plugin.SamplePlugin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line, over a source, a layer and a sink of a plug-in. */
class FramecastCommandTest {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  @TempDir Path scratch;
  private Path plugins;
  private Path log;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void compilePlugin() throws IOException {
    plugins = SamplePlugin.folder(scratch);
    log = scratch.resolve("frames.log");
  }

  private int run(String... arguments) {
    return new FramecastCommand(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Progress.Style.LINES)
        .run(List.of(arguments));
  }

  private String document(String options, String layers) throws IOException {
    return write(
        """
        {"source": {"kind": "counter", "options": {%s}}, "layers": [%s], "workers": 2,
         "sinks": [{"kind": "frame-log", "options": {"path": "%s"}}]}
        """
            .formatted(options, layers, log));
  }

  private String write(String json) throws IOException {
    return Files.writeString(scratch.resolve("stream.json"), json).toString();
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aStreamRunsFromItsDocumentToItsEnd() throws IOException {
    String document = document("\"pictures\": 50", "{\"name\": \"invert\"}");
    assertEquals(0, run("run", document, "--plugins", plugins.toString()), errors());
    List<String> lines = Files.readAllLines(log);
    assertEquals(51, lines.size());
    assertEquals("0 0 255", lines.getFirst());
    assertEquals("49 1960000000 206", lines.get(49));
    assertEquals("end", lines.getLast());
    assertTrue(
        errors().contains("50 frames, ") && errors().contains("0 dropped; frame-log finished"),
        errors());
  }

  @Test
  void quietSaysNothingThatIsNoFault() throws IOException {
    String document = document("\"pictures\": 5", "");
    assertEquals(0, run("run", document, "--quiet", "--plugins", plugins.toString()));
    assertEquals("", errors());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--colour | unknown option --colour",
        "paint | there is no command paint",
        "'' | a command is missing",
        "run | run needs one document",
        "run a b | run needs one document",
        "components x | components takes no file",
        "components --plugins | --plugins needs a folder",
        "run a --folder | --folder needs a folder"
      })
  void whatCannotBeAskedIsSaidWithTheUsage(String line, String says) {
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
    assertEquals(2, run(arguments));
    assertTrue(errors().startsWith("usage: bin/framecast"), errors());
    assertTrue(errors().contains("error: " + says), errors());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run absent.json | there is no document absent.json that can be read",
        "run pom.xml --beside absent.json | there is no document absent.json that can be read",
        "run a --folder pom.xml | --folder pom.xml is no folder and cannot be made",
        "components --plugins absent | --plugins absent is no folder"
      })
  void whatIsNotThereIsSaidInOneLine(String line, String says) throws IOException {
    String document = write("{\"source\":{\"kind\":\"counter\"}}");
    assertEquals(2, run(line.replace("pom.xml --beside", document + " --beside").split(" ")));
    assertEquals("error: " + says + "\n", errors());
  }

  /** In words of the shell, where a server would not say what lies on its disk. */
  @Test
  void aFileThatIsNotThereIsNamed() throws IOException {
    String file =
        write(
            "{\"source\":{\"kind\":\"file\",\"options\":{\"path\":\"absent.mp4\"}},"
                + "\"sinks\":[{\"kind\":\"file\",\"options\":{\"path\":\"a.mp4\"}}]}");
    assertEquals(2, run("run", file, "--folder", scratch.toString()));
    assertEquals(
        "error: /source/options/path: path must name a file: there is no file "
            + scratch.resolve("absent.mp4")
            + "\n",
        errors());
  }

  @Test
  void relativePathsLieInTheFolderThatIsNamedAndMade() throws IOException {
    Path folder = scratch.resolve("made/here");
    String document = document("\"pictures\": 5", "").toString();
    Files.writeString(
        Path.of(document), Files.readString(Path.of(document)).replace(log.toString(), "f.log"));
    assertEquals(
        0,
        run("run", document, "--folder", folder.toString(), "--plugins", plugins.toString()),
        errors());
    assertEquals(6, Files.readAllLines(folder.resolve("f.log")).size());
    assertTrue(errors().endsWith("files are in " + folder + "\n"), errors());
  }

  @Test
  void aFolderThatNothingWasWrittenToIsNotNamed() throws IOException {
    Path folder = scratch.resolve("empty");
    String document = document("\"pictures\": 5", "").toString();
    assertEquals(
        0,
        run("run", document, "--folder", folder.toString(), "--plugins", plugins.toString()),
        errors());
    assertTrue(Files.exists(log), "it wrote elsewhere");
    assertFalse(errors().contains("files are in"), errors());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"source\":{\"kind\":\"none\"}} | error: /source/kind: no source has this name; there are",
        "{\"source\":{\"kind\":\"counter\",\"options\":{\"side\":8}}} | error: /source/options/side: side"
            + " must be a whole number from 16 to 1024 in steps of 2",
        "{\"source\":{\"kind\":\"counter\"}} | error: /sinks: needs at least one sink",
        "{\"source\":{\"kind\":\"counter\"},\"sinks\":[{\"kind\":\"frame-log\",\"options\":{\"path\":"
            + "\"http://localhost/x\"}}]} | error: /sinks/0: it is not the path of a file",
        "{\"source\":{\"kind\":\"counter\"},\"sinks\":[{\"kind\":\"file\",\"options\":{\"path\":"
            + "\"absent/x.mkv\"}}]} | error: /sinks/0/options/path: path must say where to write: its"
            + " folder is not there",
        "{\"source\": | error: the document: is not JSON"
      })
  void aWrongDocumentIsSaidWithItsPlace(String json, String says) throws IOException {
    assertEquals(2, run("run", write(json), "--plugins", plugins.toString()));
    assertTrue(errors().startsWith(says), errors());
  }

  @Test
  void aSinkThatCannotBeOpenedFails() throws IOException {
    log = scratch.resolve("absent/frames.log");
    assertEquals(1, run("run", document("", ""), "--plugins", plugins.toString()));
    assertEquals("error: /sinks/0: the log cannot be written\n", errors());
  }

  @Test
  void componentsAreListedWithTheirOptions() {
    assertEquals(0, run("components", "--plugins", plugins.toString()));
    String listed = out.toString(StandardCharsets.UTF_8);
    assertTrue(listed.contains("SOURCES\n"), listed);
    assertTrue(listed.contains("  counter – Grey pictures"), listed);
    assertTrue(
        listed.contains("    rate: a whole number from 1 to 60 frames/s; by default 25"), listed);
    assertTrue(listed.contains("  boxes – "), listed);
  }

  @Test
  void helpIsPrinted() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("usage: bin/framecast run"));
  }

  /** In a process of its own, because a signal ends that. */
  @Test
  void controlCCompletesTheSinks() throws IOException, InterruptedException {
    String document = document("\"pictures\": 0, \"paced\": true", "");
    Process process = start("run", document, "--plugins", plugins.toString());
    try {
      long deadline = System.nanoTime() + LIMIT_NANOS;
      while (!Files.exists(log) && process.isAlive() && System.nanoTime() < deadline) {
        LockSupport.parkNanos(20_000_000);
      }
      assertTrue(process.isAlive(), this::said);
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertTrue(process.waitFor(120, TimeUnit.SECONDS));
      assertEquals(130, process.exitValue(), this::said);
      assertEquals("end", Files.readAllLines(log).getLast());
      assertTrue(said().contains("frame-log finished"));
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    // A background job of a script ignores SIGINT, and so do its children; a user's do not.
    line.addAll(
        List.of(
            "env",
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin/java").toString()));
    line.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--add-modules", "jdk.incubator.vector"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(scratch.resolve("said").toFile())
        .start();
  }

  private String said() {
    try {
      return Files.readString(scratch.resolve("said"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
