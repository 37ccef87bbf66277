package org.framecast.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server of a test's own with the sample plug-in, a folder of media, and one of recordings.
 *
 * <p><b>Ownership:</b> {@link #close} stops it.
 */
final class DocumentServer implements AutoCloseable {
  private static final int BESIDE_THE_SHARED_SERVER = 300;

  private final Path folder;
  private final ServerProcess process;

  private DocumentServer(Path folder, ServerProcess process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param folder holds everything of it
   * @param settings as {@code framecast.key=value}; without others recordings need no free room
   */
  static DocumentServer start(Path folder, String... settings) throws IOException {
    Path server = folder.resolve("server");
    SamplePlugin.installInto(server.resolve("plugins"), folder.resolve("scratch"));
    Path media = Files.createDirectories(folder.resolve("media"));
    List<String> all =
        new ArrayList<>(
            List.of(
                "-Dframecast.plugins.folder=" + server.resolve("plugins"),
                "-Dframecast.recordings.dir=" + folder.resolve("recordings"),
                "-Dframecast.recordings.min-free-bytes=0",
                "-Dframecast.streams.media-folders=" + media));
    // The last of two with one name holds.
    List.of(settings).forEach(setting -> all.add("-D" + setting));
    return new DocumentServer(
        folder, ServerProcess.start(server, Product.portOffset() + BESIDE_THE_SHARED_SERVER, all));
  }

  /** What documents may read from. */
  Path media() {
    return folder.resolve("media");
  }

  Path recordings() {
    return folder.resolve("recordings");
  }

  /** The port of its media. */
  static int mediaPort() {
    return Product.mediaPort() + BESIDE_THE_SHARED_SERVER;
  }

  /** Its address. */
  java.net.URI http() {
    return process.http();
  }

  /** Opens a session on it. */
  StreamOwner owner() {
    return StreamOwner.open(process.http(), recordings());
  }

  @Override
  public void close() {
    process.close();
  }
}
