package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A server of a test's own with the sample plug-in, a folder of media, and one of recordings.
 *
 * <p><b>Ownership:</b> {@link #close} stops it.
 */
final class DocumentServer implements AutoCloseable {
  private static final int BESIDE_THE_SHARED_SERVER = 300;

  /** The setting with which it has a detector, which {@code demo} needs. */
  static final String WITH_DETECTOR = "framecast.models.dir=" + Product.root().resolve("models");

  private final Path folder;
  private final ServerProcess process;

  private DocumentServer(Path folder, ServerProcess process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * Starts it. Without other settings recordings need no free room, there is no detector, and no
   * encoder has to be measured: it has nothing to warm up.
   *
   * @param folder holds everything of it
   * @param settings as {@code framecast.key=value}
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
                "-Dframecast.video.codecs=VP8,H264",
                "-Dframecast.models.dir=",
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

  /** Waits until nothing is left of what it warms up with at its start. */
  void awaitWarm(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (process.memory().isRunning("framecast-warm-up")) {
      assertTrue(System.nanoTime() < deadline, "it still warms up after " + limit);
      LockSupport.parkNanos(200_000_000L);
    }
    try (Api api = new Api(http())) {
      new Health(api).await("native_codecs", count -> count == 0, limit);
    }
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
