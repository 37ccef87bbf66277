package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.framecast.product.Command.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that builds the WebRTC library: when it does nothing, and when it refuses. */
class NativeBuildTest {
  private static final String SCRIPT = "rtc-binding/native/build.sh";

  @TempDir Path folder;

  @Test
  void aSourceWithAnotherHashIsNotBuilt() throws IOException {
    Path source = Files.writeString(folder.resolve("source.tar.gz"), "something else");
    Path binaries = folder.resolve("binaries");
    Ended refused =
        Command.in(Product.root())
            .with(
                Map.of(
                    "FRAMECAST_LIBDATACHANNEL_SDIST", source.toString(),
                    "FRAMECAST_BINARIES", binaries.toString()))
            .run(SCRIPT);
    assertEquals(1, refused.status(), refused.printed());
    assertTrue(refused.says(", expected dfc60977c326"), refused.printed());
    assertTrue(refused.says(": not built."), refused.printed());
    try (var files = Files.walk(binaries)) {
      assertEquals(0, files.filter(file -> file.toString().endsWith(".so")).count());
    }
  }

  @Test
  void aCurrentLibraryIsNotBuiltAgain() throws IOException {
    FileTime before = Files.getLastModifiedTime(library());
    // No compiler, no pip: a build would fail.
    Ended skipped =
        Command.in(Product.root())
            .with(Map.of("PATH", "/usr/bin:/bin", "CC", "/nowhere"))
            .run(SCRIPT);
    assertEquals(0, skipped.status(), skipped.printed());
    assertEquals("", skipped.printed());
    assertEquals(before, Files.getLastModifiedTime(library()));
  }

  @Test
  void aChangedPatchAsksForABuild() throws IOException {
    ScratchCheckout scratch = ScratchCheckout.in(folder);
    assertEquals(0, scratch.command().run(SCRIPT, "--check").status());
    try (var patches = Files.list(scratch.root().resolve("rtc-binding/native/patches"))) {
      Path patch = patches.findFirst().orElseThrow();
      scratch.write(patch, Files.readString(patch) + "\n");
    }
    assertEquals(1, scratch.command().run(SCRIPT, "--check").status());
  }

  private static Path library() throws IOException {
    try (var files = Files.walk(Product.root().resolve(".binaries"))) {
      return files
          .filter(file -> file.endsWith("libdatachannel.so"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("the library is not built"));
    }
  }
}
