package org.framecast.product;

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

/** The sample plug-in of the stream library, compiled apart from the server. */
final class SamplePlugin {
  private SamplePlugin() {}

  /** Puts its jar into a folder that is made. */
  static void installInto(Path folder, Path scratch) throws IOException {
    Path project = Product.root().resolve("stream/examples/plugin/src/main");
    Path classes = Files.createDirectories(scratch.resolve("classes"));
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
    arguments.addAll(List.of("-cp", Product.root().resolve("stream/target/classes").toString()));
    files(project.resolve("java")).forEach(source -> arguments.add(source.toString()));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (result != 0) {
      throw new AssertionError("the sample plug-in does not compile");
    }
    Files.createDirectories(folder);
    try (OutputStream file = Files.newOutputStream(folder.resolve("sample.jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      for (Path content : List.of(classes, project.resolve("resources"))) {
        for (Path entry : files(content)) {
          jar.putNextEntry(new JarEntry(content.relativize(entry).toString()));
          Files.copy(entry, jar);
        }
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
