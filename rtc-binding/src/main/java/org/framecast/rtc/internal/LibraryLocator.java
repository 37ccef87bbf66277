package org.framecast.rtc.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the native library may be: a configured file, else {@code .binaries/}, else the system. */
public final class LibraryLocator {
  /** System property: the library's file. When it is set, nowhere else is looked. */
  public static final String LIBRARY_PROPERTY = "framecast.rtc.library";

  /** System property: the folder that holds {@code .binaries/}. */
  public static final String ROOT_PROPERTY = "framecast.root";

  private LibraryLocator() {}

  /**
   * The outcome: a file that exists, or none, and then the system's loader is asked. The places are
   * those that were tried, in order.
   */
  public record Location(Optional<Path> file, List<Path> places) {
    public Location {
      places = List.copyOf(places);
    }
  }

  /**
   * Looks for the library.
   *
   * @throws LibraryProblem when a configured file does not exist
   */
  public static Location locate(Optional<Path> configured) {
    Optional<Path> named =
        configured.or(
            () -> Optional.ofNullable(System.getProperty(LIBRARY_PROPERTY)).map(Path::of));
    if (named.isPresent()) {
      Path file = named.get().toAbsolutePath().normalize();
      if (!Files.isRegularFile(file)) {
        throw new LibraryProblem(
            LibraryProblem.Kind.MISSING,
            "The WebRTC library is configured to be "
                + file
                + " ("
                + LIBRARY_PROPERTY
                + "), which is not a file.");
      }
      return new Location(named.map(it -> file), List.of(file));
    }
    List<Path> places = new ArrayList<>();
    for (Path folder : folders()) {
      Path file = folder.resolve(".binaries").resolve(platform()).resolve(fileName());
      places.add(file);
      if (Files.isRegularFile(file)) {
        return new Location(Optional.of(file), places);
      }
    }
    return new Location(Optional.empty(), places);
  }

  /** The name of the folder for this machine's binaries, as in {@code linux-x86_64}. */
  public static String platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String os =
        system.startsWith("mac") ? "macos" : system.startsWith("windows") ? "windows" : system;
    String arch = System.getProperty("os.arch", "");
    return os + "-" + (arch.equals("amd64") ? "x86_64" : arch);
  }

  private static String fileName() {
    return platform().startsWith("macos-") ? "libdatachannel.dylib" : "libdatachannel.so";
  }

  private static List<Path> folders() {
    String root = System.getProperty(ROOT_PROPERTY);
    if (root != null) {
      return List.of(Path.of(root).toAbsolutePath().normalize());
    }
    List<Path> folders = new ArrayList<>();
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      folders.add(folder);
      folder = folder.getParent();
    }
    return folders;
  }
}
