package org.framecast.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A copy of what the commands build from, in a folder of its own, with nothing built in it but the
 * WebRTC library. Programs written into it come before the machine's.
 */
final class ScratchCheckout {
  private static final Set<String> BUILT = Set.of("target", "node_modules");
  private static final List<String> SOURCES =
      List.of(
          "bin", "pom.xml", "rtc-binding", "stream", "ejb", "web", "ear", "wildfly-config", "docs");

  /** Stands in for Maven: hands out what Maven built for these tests. */
  private static final String MAVEN =
      """
      #!/bin/bash
      if [ "$1" = -v ]; then echo 'Apache Maven 3.9.9 (a stand-in)'; exit 0; fi
      mkdir -p wildfly-config/target ear/target
      ln -s '%1$s/wildfly-config/target/server' wildfly-config/target/server
      cp '%1$s/ear/target/framecast.ear' ear/target/
      """;

  private final Path root;
  private final Path programs;

  /** The same for the library alone, as {@code bin/framecast} has it built. */
  private static final String MAVEN_OF_THE_LIBRARY =
      """
      #!/bin/bash
      if [ "$1" = -v ]; then echo 'Apache Maven 3.9.9 (a stand-in)'; exit 0; fi
      mkdir -p stream/target
      ln -s '%1$s/stream/target/classes' stream/target/classes
      echo '%2$s' >stream/target/classpath
      """;

  private ScratchCheckout(Path root, Path programs) {
    this.root = root;
    this.programs = programs;
  }

  /** Copies the checkout under test into an empty folder. */
  static ScratchCheckout in(Path folder) {
    ScratchCheckout scratch =
        new ScratchCheckout(folder.resolve("checkout"), folder.resolve("programs"));
    try {
      Files.createDirectories(scratch.root);
      Files.createDirectories(scratch.programs);
      for (String source : SOURCES) {
        copy(Product.root().resolve(source), scratch.root.resolve(source));
      }
      for (String used : List.of(".binaries", "models")) {
        Files.createSymbolicLink(scratch.root.resolve(used), Product.root().resolve(used));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return scratch;
  }

  Path root() {
    return root;
  }

  /** The environment in which its own programs come first. */
  Map<String, String> environment() {
    return Map.of(
        "PATH",
        programs + ":" + System.getenv("PATH"),
        "JAVA_HOME",
        System.getProperty("java.home"));
  }

  /** A command of this checkout. */
  Command command() {
    return Command.in(root).with(environment());
  }

  /** Has its first build take the server and the EAR of the checkout under test. */
  void useWhatIsBuilt() {
    program("mvn", MAVEN.formatted(Product.root()));
  }

  /** Has {@code bin/framecast} take the library of the checkout under test. */
  void useBuiltLibrary() {
    program(
        "mvn",
        MAVEN_OF_THE_LIBRARY.formatted(Product.root(), System.getProperty("java.class.path")));
  }

  /** Writes a program that stands in for one of the machine. */
  void program(String name, String script) {
    Path file = programs.resolve(name);
    write(file, script);
    if (!file.toFile().setExecutable(true)) {
      throw new AssertionError(file + " cannot be made executable");
    }
  }

  void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String file) {
    try {
      Path path = root.resolve(file);
      return Files.exists(path) ? Files.readString(path) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (BUILT.contains(folder.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
