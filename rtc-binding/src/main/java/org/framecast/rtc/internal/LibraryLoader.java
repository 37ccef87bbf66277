package org.framecast.rtc.internal;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Opens the shared library, checks that it is the one this mapping was written for, binds it. */
final class LibraryLoader {
  private static final String HOW_TO_BUILD = "Run rtc-binding/native/build.sh to build it.";

  /** RTLD_NOW without RTLD_GLOBAL: its OpenSSL and SRTP symbols stay its own. */
  private static final Map<String, Object> OPTIONS = Map.of(Library.OPTION_OPEN_FLAGS, 2);

  private LibraryLoader() {}

  /** A library that is open and whose version is right. */
  record Loaded(NativeLibrary library, Path file, LibraryVersion version) {}

  static Loaded load(Optional<Path> configured) {
    LibraryLocator.Location location = LibraryLocator.locate(configured);
    NativeLibrary library = open(location);
    try {
      Path file = realFile(library);
      LibraryVersion version = checkedVersion(library, file);
      bind(library, file);
      return new Loaded(library, file, version);
    } catch (RuntimeException | Error problem) {
      library.close();
      throw problem;
    }
  }

  private static NativeLibrary open(LibraryLocator.Location location) {
    String name = location.file().map(Path::toString).orElse("datachannel");
    try {
      return NativeLibrary.getInstance(name, OPTIONS);
    } catch (UnsatisfiedLinkError e) {
      if (location.file().isPresent()) {
        throw new LibraryProblem(
            LibraryProblem.Kind.UNUSABLE,
            "The WebRTC library "
                + name
                + " cannot be loaded: "
                + firstLine(e)
                + " (built for another machine, or libssl is missing?) "
                + HOW_TO_BUILD,
            e);
      }
      throw new LibraryProblem(
          LibraryProblem.Kind.MISSING,
          "The WebRTC library libdatachannel was not found: not in "
              + location.places()
              + ", nor by the system's loader, and "
              + LibraryLocator.LIBRARY_PROPERTY
              + " is not set. "
              + HOW_TO_BUILD,
          e);
    }
  }

  private static LibraryVersion checkedVersion(NativeLibrary library, Path file) {
    LibraryVersion version =
        declaredVersion(library)
            .or(() -> LibraryVersion.ofFileName(file))
            .orElseThrow(
                () ->
                    new LibraryProblem(
                        LibraryProblem.Kind.WRONG_VERSION,
                        "The WebRTC library "
                            + file
                            + " does not say its version, needed is "
                            + LibraryVersion.OLDEST
                            + ". "
                            + HOW_TO_BUILD));
    if (!version.isUsable()) {
      throw new LibraryProblem(
          LibraryProblem.Kind.WRONG_VERSION,
          "The WebRTC library "
              + file
              + " is libdatachannel "
              + version
              + ", needed is "
              + LibraryVersion.OLDEST
              + ". "
              + HOW_TO_BUILD);
    }
    return version;
  }

  /** Our own build exports its version and the size of its configuration. */
  private static Optional<LibraryVersion> declaredVersion(NativeLibrary library) {
    try {
      int sizeBytes =
          library.getFunction("framecastRtcConfigurationBytes").invokeInt(new Object[0]);
      if (sizeBytes != ConfigurationLayout.SIZE_BYTES) {
        throw new LibraryProblem(
            LibraryProblem.Kind.WRONG_VERSION,
            "The WebRTC library "
                + library.getFile()
                + " has a configuration of "
                + sizeBytes
                + " bytes, expected "
                + ConfigurationLayout.SIZE_BYTES
                + ". "
                + HOW_TO_BUILD);
      }
      return LibraryVersion.parse(
          library.getFunction("framecastRtcVersion").invokeString(new Object[0], false));
    } catch (UnsatisfiedLinkError notOurBuild) {
      return Optional.empty();
    }
  }

  private static void bind(NativeLibrary library, Path file) {
    try {
      Native.register(RtcFunctions.class, library);
    } catch (UnsatisfiedLinkError e) {
      throw new LibraryProblem(
          LibraryProblem.Kind.UNUSABLE,
          "The WebRTC library "
              + file
              + " lacks a function: "
              + firstLine(e)
              + " (built without media support?) "
              + HOW_TO_BUILD,
          e);
    }
  }

  private static Path realFile(NativeLibrary library) {
    Path file = library.getFile() == null ? Path.of(library.getName()) : library.getFile().toPath();
    try {
      return Files.exists(file) ? file.toRealPath() : file;
    } catch (IOException e) {
      return file;
    }
  }

  private static String firstLine(UnsatisfiedLinkError e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
