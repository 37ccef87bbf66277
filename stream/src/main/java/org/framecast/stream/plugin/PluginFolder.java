package org.framecast.stream.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.framecast.stream.media.MediaException;

/**
 * The jars of a folder, all in one class loader: what they name in {@code META-INF/services} stands
 * beside the library's own kinds. Their code runs with every right of the program that loads it.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Ownership:</b> closed after the last component that came from it.
 */
public final class PluginFolder implements AutoCloseable {
  private final List<Path> jars;
  private final URLClassLoader loader;

  private PluginFolder(List<Path> jars, URLClassLoader loader) {
    this.jars = jars;
    this.loader = loader;
  }

  /**
   * Opens the jars that are in the folder now; one that is not there has none.
   *
   * @param parent knows the library
   * @throws MediaException with UNSUPPORTED when the folder cannot be read
   */
  public static PluginFolder open(Path folder, ClassLoader parent) {
    List<Path> jars = jars(folder);
    URL[] urls = jars.stream().map(PluginFolder::url).toArray(URL[]::new);
    return new PluginFolder(jars, new URLClassLoader("framecast-plugins", urls, parent));
  }

  private static List<Path> jars(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new MediaException(
          MediaException.Code.UNSUPPORTED, "the plug-in folder " + folder + " is not readable", e);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(jar + " has no URL", e);
    }
  }

  /** The jars that were found, in the order in which they are searched. */
  public List<Path> jars() {
    return jars;
  }

  /**
   * The library's kinds and those of the jars.
   *
   * @throws MediaException with UNSUPPORTED when a jar names what cannot be made, or a name that
   *     another kind has
   */
  public ComponentRegistry registry() {
    try {
      return ComponentRegistry.load(loader);
    } catch (ServiceConfigurationError | IllegalArgumentException | LinkageError e) {
      throw new MediaException(
          MediaException.Code.UNSUPPORTED, "a plug-in cannot be used: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the plug-ins' jars do not close", e);
    }
  }
}
