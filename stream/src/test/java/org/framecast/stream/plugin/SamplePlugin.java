package org.framecast.stream.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The sample plug-in of {@code examples/plugin}, compiled apart and packed into a jar. */
public final class SamplePlugin {
  private static final Path PROJECT = Path.of("examples/plugin/src/main");

  private SamplePlugin() {}

  /** A folder of plug-ins with its jar. */
  public static Path folder(Path scratch) throws IOException {
    Path classes = Files.createDirectory(scratch.resolve("classes"));
    compile(classes);
    Path folder = Files.createDirectory(scratch.resolve("plugins"));
    Files.writeString(folder.resolve("README.txt"), "not a jar");
    pack(folder.resolve("sample.jar"), classes, PROJECT.resolve("resources"));
    return folder;
  }

  private static void compile(Path classes) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path")));
    sources().forEach(source -> arguments.add(source.toString()));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (result != 0) {
      throw new AssertionError("the sample plug-in does not compile");
    }
  }

  private static List<Path> sources() throws IOException {
    return filesIn(PROJECT.resolve("java"));
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static void pack(Path jar, Path... folders) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(file)) {
      for (Path folder : folders) {
        for (Path content : filesIn(folder)) {
          packed.putNextEntry(new JarEntry(folder.relativize(content).toString()));
          Files.copy(content, packed);
        }
      }
    }
  }
}
