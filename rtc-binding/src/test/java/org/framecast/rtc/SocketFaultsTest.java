package org.framecast.rtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.framecast.rtc.internal.LibraryLocator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows of packets and a socket that is full ({@code full}: the call says how many went, the rest is
 * not sent, and the next row goes), that the kernel cuts buffers for ({@code cut}: a run of packets
 * is one call), and that it does not cut them for ({@code refused}: packet by packet, all arrive).
 */
@Timeout(180)
class SocketFaultsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"full", "cut", "refused"})
  void rowsMeetTheSocket(String what) throws Exception {
    Path library = LibraryLocator.locate(Optional.empty()).file().orElseThrow();
    Path faults = library.resolveSibling("libfailing_sends.so");
    assertTrue(Files.isRegularFile(faults), faults + ": rtc-binding/native/build.sh builds it");
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-D" + LibraryLocator.LIBRARY_PROPERTY + "=" + library,
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SocketFaults.class.getName(),
            what,
            faults.toString());
    program.environment().put("LD_PRELOAD", faults.toString());
    Path said = folder.resolve("said");
    Process running = program.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertTrue(running.waitFor(60, TimeUnit.SECONDS), () -> text(said));
      assertEquals(0, running.exitValue(), () -> text(said));
    } finally {
      running.destroyForcibly().waitFor();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
