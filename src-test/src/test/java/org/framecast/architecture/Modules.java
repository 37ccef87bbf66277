package org.framecast.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The compiled main classes of the modules. */
final class Modules {
  static final List<String> NAMES = List.of("rtc-binding", "stream", "ejb", "web");

  private Modules() {}

  static JavaClasses all() {
    return new ClassFileImporter().importPaths(NAMES.stream().map(Modules::classes).toList());
  }

  /** Whether the class was compiled from that module. */
  static boolean isOf(String module, JavaClass type) {
    String folder = classes(module).toUri().toString();
    return type.getSource().filter(s -> s.getUri().toString().startsWith(folder)).isPresent();
  }

  /** How many Java files the module has; its classes cannot be fewer. */
  static long sources(String module) throws IOException {
    try (Stream<Path> files = Files.walk(root().resolve(module).resolve("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .count();
    }
  }

  private static Path classes(String module) {
    return root().resolve(module).resolve("target/classes");
  }

  private static Path root() {
    String given = System.getProperty("framecast.root");
    Path folder = Path.of(given == null ? ".." : given).toAbsolutePath().normalize();
    if (!Files.isDirectory(folder.resolve("rtc-binding"))) {
      throw new IllegalStateException(folder + " is not the root of the checkout");
    }
    return folder;
  }
}
