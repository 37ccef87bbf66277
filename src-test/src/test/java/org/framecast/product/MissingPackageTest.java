package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.framecast.product.Command.Ended;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the commands say and do when the machine lacks something. The machine's programs are behind
 * links; those that a test hides have none. Scripts stand in for apt, for the list of installed
 * packages and for the name of the user.
 */
class MissingPackageTest {
  private static final Set<String> BUILD_PROGRAMS = Set.of("cmake", "ninja", "g++", "patch");

  /** What some test hides; links to all others are made once. */
  private static final Set<String> HIDDEN_BY_SOME =
      Set.of(
          "apt-get",
          "cmake",
          "dpkg-query",
          "g++",
          "java",
          "mvn",
          "ninja",
          "node",
          "npm",
          "patch",
          "python3",
          "sudo");

  @TempDir static Path others;
  @TempDir Path folder;
  private ScratchCheckout scratch;
  private Path machine;

  @BeforeAll
  static void linkWhatNobodyHides() throws IOException {
    link(others, name -> !HIDDEN_BY_SOME.contains(name));
  }

  @BeforeEach
  void aCheckoutWithoutTheLibrary() throws IOException {
    scratch = ScratchCheckout.in(folder);
    Files.delete(scratch.root().resolve(".binaries"));
    machine = Files.createDirectories(folder.resolve("machine"));
    scratch.program("dpkg-query", "#!/bin/sh\necho 'unknown ok not-installed'\n");
    scratch.program("apt-get", "#!/bin/sh\necho \"$*\" >>'" + folder + "/apt'\nexit 100\n");
    user(0);
  }

  private void user(int id) {
    scratch.program("id", "#!/bin/sh\necho " + id + "\n");
  }

  /** Leaves all programs of the machine but these. */
  private void hide(Set<String> hidden) throws IOException {
    assertTrue(HIDDEN_BY_SOME.containsAll(hidden), hidden.toString());
    link(machine, name -> HIDDEN_BY_SOME.contains(name) && !hidden.contains(name));
  }

  private static void link(Path to, Predicate<String> wanted) throws IOException {
    List<String> folders = new ArrayList<>(List.of("/usr/local/bin", "/usr/bin", "/bin"));
    folders.addAll(Arrays.asList(System.getenv("PATH").split(File.pathSeparator)));
    for (String from : folders) {
      try (var programs = Files.list(Path.of(from))) {
        for (Path program : programs.toList()) {
          Path link = to.resolve(program.getFileName());
          if (wanted.test(link.getFileName().toString()) && !Files.exists(link)) {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, program);
          }
        }
      } catch (java.nio.file.NoSuchFileException e) {
        continue; // a PATH may name folders that are not there
      }
    }
  }

  /** Programs of the test's own come first. */
  private String path() {
    return String.join(
        ":", folder.resolve("programs").toString(), machine.toString(), others.toString());
  }

  private Ended run(String command, String... arguments) {
    Map<String, String> environment =
        Map.of("PATH", path(), "JAVA_HOME", System.getProperty("java.home"));
    return scratch.command().with(environment).run("bin/" + command, arguments);
  }

  private String askedOfApt() {
    return scratch.read(folder.resolve("apt").toString());
  }

  @Test
  void whoMayNotInstallIsToldTheExactLine() throws IOException {
    hide(Set.of("cmake", "ninja", "sudo"));
    user(1000);
    Ended refused = run("run", "--build-only");
    assertEquals(1, refused.status(), refused.printed());
    assertEquals(
        "error: these packages are missing; install them with:"
            + " sudo apt-get install -y --no-install-recommends cmake ninja-build",
        refused.error());
    assertEquals("", askedOfApt());
  }

  @Test
  void aptInstallsWhereItMay() throws IOException {
    hide(BUILD_PROGRAMS);
    Ended ended = run("run", "--build-only");
    String packages = "cmake ninja-build g++ patch libssl-dev";
    assertTrue(ended.says("Installing packages: " + packages + "\n"), ended.printed());
    assertEquals(
        List.of("install -y -qq --no-install-recommends " + packages, "update -qq"),
        askedOfApt().lines().toList());
    assertEquals(1, ended.status(), ended.printed());
    assertTrue(
        ended
            .error()
            .endsWith(
                "try it by hand: sudo apt-get update && sudo apt-get install -y"
                    + " --no-install-recommends "
                    + packages),
        ended.printed());
  }

  @Test
  void theBuildGoesOnWhenAptHasInstalled() throws IOException {
    hide(Set.of("cmake"));
    // Installs what it was asked for: the link that was hidden.
    scratch.program(
        "apt-get",
        "#!/bin/sh\nprintf '#!/bin/sh\\necho cmake was called; exit 1\\n' >'%1$s/cmake'\nchmod +x '%1$s/cmake'\n"
            .formatted(folder.resolve("programs")));
    scratch.program(
        "python3",
        "#!/bin/sh\ncase \"$*\" in *--version*) exit 0;; esac\necho no network >&2; exit 1\n");
    Ended ended = run("run", "--build-only");
    assertTrue(ended.says("Installing packages: cmake\n"), ended.printed());
    assertTrue(ended.says("Building the WebRTC library"), ended.printed());
    assertTrue(ended.says("could not fetch"), ended.printed());
    assertEquals(1, ended.status(), ended.printed());
    assertEquals(
        "error: the WebRTC library could not be built; see the lines above.", ended.error());
  }

  @Test
  void aMachineWithoutAptIsToldWhatToInstall() throws IOException {
    Files.delete(folder.resolve("programs/dpkg-query"));
    Files.delete(folder.resolve("programs/apt-get"));
    hide(Set.of("dpkg-query", "apt-get", "cmake", "g++"));
    Ended refused = run("run", "--build-only");
    assertEquals(1, refused.status(), refused.printed());
    assertTrue(
        refused.says("cannot build libdatachannel, missing: cmake g++ libssl-dev."),
        refused.printed());
  }

  @ParameterizedTest
  @CsvSource({"mvn, maven", "python3, python3"})
  void theTestCommandNeedsMore(String program, String missing) throws IOException {
    hide(Set.of(program, "sudo"));
    user(1000);
    Ended refused = run("test");
    assertEquals(1, refused.status(), refused.printed());
    assertTrue(refused.error().endsWith(" --no-install-recommends " + missing), refused.printed());
  }

  @Test
  void theTestCommandNeedsBrowsers() throws IOException {
    Files.createSymbolicLink(
        scratch.root().resolve(".binaries"), Product.root().resolve(".binaries"));
    hide(Set.of("node", "npm", "sudo"));
    user(1000);
    Ended refused = run("test");
    assertEquals(1, refused.status(), refused.printed());
    // Where the browsers are not installed either, their packages follow.
    assertTrue(refused.error().contains(" --no-install-recommends nodejs npm"), refused.printed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "test"})
  void aJdkThatIsTooOldIsNamed(String command) throws IOException {
    hide(Set.of("java"));
    Path old = folder.resolve("jdk-17");
    jdk(old, "17.0.15");
    jdk(folder.resolve("jdk-21"), "21");
    Ended refused =
        scratch
            .command()
            .with(
                Map.of(
                    "PATH", path(),
                    "JAVA_HOME", old.toString(),
                    "JDK_FOLDERS", folder.resolve("jdk-21") + ":" + old))
            .run("bin/" + command);
    assertEquals(1, refused.status(), refused.printed());
    assertEquals(
        "error: Framecast needs a JDK 25 or newer (found: 17 21); install one, for example"
            + " Temurin 25, and set JAVA_HOME to it.\n",
        refused.printed());
    assertFalse(Files.exists(folder.resolve("apt")), "a JDK is named, not installed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "test"})
  void noJdkAtAllIsSaid(String command) throws IOException {
    hide(Set.of("java"));
    Ended refused =
        scratch
            .command()
            .with(
                Map.of(
                    "PATH", path(),
                    "JAVA_HOME", "",
                    "JDK_FOLDERS", "/nowhere"))
            .run("bin/" + command);
    assertEquals(1, refused.status(), refused.printed());
    assertTrue(
        refused.error().contains("needs a JDK 25 or newer (found: none)"), refused.printed());
  }

  @Test
  void aNewerJdkIsFoundBesideAnOldOne() throws IOException {
    hide(BUILD_PROGRAMS);
    Path old = folder.resolve("jdk-17");
    jdk(old, "17.0.15");
    Ended ended =
        scratch
            .command()
            .with(
                Map.of(
                    "PATH", path(),
                    "JAVA_HOME", old.toString(),
                    "JDK_FOLDERS", old + ":" + System.getProperty("java.home")))
            .run("bin/run", "--build-only");
    assertFalse(ended.says("needs a JDK"), ended.printed());
    assertTrue(ended.says("Installing packages"), ended.printed());
  }

  /** The part of a JDK that says its version. */
  private void jdk(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.createSymbolicLink(home.resolve("bin/javac"), Path.of("/bin/true"));
    scratch.write(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }
}
