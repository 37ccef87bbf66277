package org.framecast.rtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.framecast.rtc.internal.LibraryLocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Finding and checking the library: what an operator reads when it is not right. */
@Timeout(180)
class RtcLibraryTest {
  @TempDir Path folder;

  @Test
  void theBuiltLibraryIsFoundAndHasTheRightVersion() {
    try (RtcLibrary library = RtcLibrary.open(options())) {
      assertEquals("0.24.6", library.version());
      assertTrue(Files.isRegularFile(library.file()), library.file().toString());
    }
  }

  /** Programs in C and C++ are built against them. */
  @Test
  void itsHeadersDeclareTheCallsThatWereAdded() throws IOException {
    String header = Files.readString(builtLibrary().resolveSibling("include/rtc/rtc.h"));
    assertTrue(header.contains("rtcSendPackets("), "declared");
  }

  @Test
  void aConfiguredFileThatIsMissingIsNamed() {
    Path missing = folder.resolve("nowhere.so");
    RtcException failure =
        assertThrows(RtcException.class, () -> RtcLibrary.open(options().withLibrary(missing)));
    assertEquals(RtcException.Code.LIBRARY_MISSING, failure.code());
    assertTrue(failure.getMessage().contains(missing.toString()), failure.getMessage());
  }

  @Test
  void aFileThatIsNoLibraryIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("libdatachannel.so"), "not a library");
    RtcException failure =
        assertThrows(RtcException.class, () -> RtcLibrary.open(options().withLibrary(text)));
    assertEquals(RtcException.Code.LIBRARY_UNUSABLE, failure.code());
    assertTrue(failure.getMessage().contains(text.toString()), failure.getMessage());
    assertTrue(failure.getMessage().contains("build.sh"), failure.getMessage());
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    Path other = folder.resolve("libdatachannel.so");
    Files.write(other, replaced(Files.readAllBytes(builtLibrary()), "0.24.6\0", "0.23.2\0"));
    RtcException failure =
        assertThrows(RtcException.class, () -> RtcLibrary.open(options().withLibrary(other)));
    assertEquals(RtcException.Code.LIBRARY_VERSION, failure.code());
    assertTrue(failure.getMessage().contains("0.23.2"), failure.getMessage());
    assertTrue(failure.getMessage().contains("0.24.6"), failure.getMessage());
  }

  @Test
  void afterAFailureTheRightLibraryOpens() {
    assertThrows(
        RtcException.class, () -> RtcLibrary.open(options().withLibrary(folder.resolve("no"))));
    RtcLibrary.open(options()).close();
  }

  @Test
  void allPlacesAreNamedWhenNoneHasTheLibrary() {
    String before = System.setProperty(LibraryLocator.ROOT_PROPERTY, folder.toString());
    try {
      RtcException failure = assertThrows(RtcException.class, () -> RtcLibrary.open(options()));
      assertEquals(RtcException.Code.LIBRARY_MISSING, failure.code());
      assertTrue(failure.getMessage().contains(folder.toString()), failure.getMessage());
      assertTrue(
          failure.getMessage().contains(LibraryLocator.LIBRARY_PROPERTY), failure.getMessage());
    } finally {
      if (before == null) {
        System.clearProperty(LibraryLocator.ROOT_PROPERTY);
      } else {
        System.setProperty(LibraryLocator.ROOT_PROPERTY, before);
      }
    }
  }

  /** In a process of its own: a loader's search path cannot be taken back. */
  @Test
  void theSystemsLoaderIsAskedWhereNeitherAFileNorAFolderHasIt() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-D" + LibraryLocator.ROOT_PROPERTY + "=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            RtcLibraryTest.class.getName());
    Path built = builtLibrary();
    builder.environment().put("LD_LIBRARY_PATH", String.valueOf(built.getParent()));
    Path said = folder.resolve("said");
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      String text = Files.readString(said);
      assertTrue(text.contains("loaded libdatachannel 0.24.6"), text);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Opens what is found, as the only test of its process. */
  public static void main(String[] arguments) {
    try (RtcLibrary library = RtcLibrary.open(options())) {
      System.out.println("loaded libdatachannel " + library.version());
    }
  }

  private static Path builtLibrary() {
    return LibraryLocator.locate(java.util.Optional.empty()).file().orElseThrow();
  }

  private static RtcOptions options() {
    return RtcOptions.of(WithLibrary::thread);
  }

  private static byte[] replaced(byte[] bytes, String from, String to) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains(from), "the library names its version");
    return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }
}
