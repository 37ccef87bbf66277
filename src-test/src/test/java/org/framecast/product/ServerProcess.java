package org.framecast.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The provisioned server with the real EAR as a process of its own, beside the one that the other
 * tests share: this one can be stopped and started.
 *
 * <p><b>Ownership:</b> {@link #close} stops the process.
 */
final class ServerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(180);
  private static final int HTTP_PORT = 8080;
  private static final int UDP_PORT = 8189;

  private final Path folder;
  private final int portOffset;
  private final List<String> settings;
  private Process process;

  private ServerProcess(Path folder, int portOffset, List<String> settings) throws IOException {
    this.folder = folder;
    this.portOffset = portOffset;
    this.settings = settings;
    this.process = launch();
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param folder becomes the server's own: configuration, deployment, data
   */
  static ServerProcess start(Path folder, int portOffset) {
    return start(folder, portOffset, List.of());
  }

  /**
   * As {@link #start(Path, int)}, with more of the configuration.
   *
   * @param settings as {@code -Dkey=value}
   */
  static ServerProcess start(Path folder, int portOffset, List<String> settings) {
    try {
      copy(server().resolve("standalone/configuration"), folder.resolve("configuration"));
      Files.createDirectories(folder.resolve("deployments"));
      Files.createDirectories(folder.resolve("log"));
      Files.copy(
          Product.root().resolve("ear/target/framecast.ear"),
          folder.resolve("deployments/framecast.ear"));
      ServerProcess started = new ServerProcess(folder, portOffset, settings);
      started.awaitReady();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it answers. */
  URI http() {
    return URI.create("http://127.0.0.1:" + (HTTP_PORT + portOffset));
  }

  /** What it holds. */
  ServerMemory memory() {
    return new ServerMemory(process.pid());
  }

  /** Stops the process as an operator would, and waits until it has ended. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the server did not stop:\n" + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Starts it again, and does not wait. */
  void startAgain() {
    try {
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    try (Api api = new Api(http())) {
      while (!isReady(api)) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          process.destroyForcibly();
          throw new AssertionError("the server is not ready:\n" + log());
        }
        LockSupport.parkNanos(100_000_000L);
      }
    }
  }

  private static boolean isReady(Api api) {
    try {
      return api.send(api.request("/health/ready").GET().build()).status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private Process launch() throws IOException {
    List<String> line = new ArrayList<>();
    line.addAll(
        List.of(
            Path.of(System.getProperty("framecast.test.java-home"), "bin/java").toString(),
            "@" + server().resolve("bin/framecast-jvm.args"),
            "-Dorg.jboss.boot.log.file=" + folder.resolve("log/server.log"),
            "-Dlogging.configuration=file:" + folder.resolve("configuration/logging.properties"),
            "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("data/javacpp"),
            "-Dframecast.root=" + Product.root(),
            "-jar",
            server().resolve("jboss-modules.jar").toString(),
            "-mp",
            server().resolve("modules").toString(),
            "org.jboss.as.standalone",
            "-Djboss.home.dir=" + server(),
            "-Djboss.server.base.dir=" + folder,
            "-Djboss.socket.binding.port-offset=" + portOffset,
            "-Dframecast.webrtc.udp-port=" + (UDP_PORT + portOffset),
            "-Dframecast.models.dir=" + Product.root().resolve("models")));
    line.addAll(settings);
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log/console.log").toFile())
        .start();
  }

  private static Path server() {
    return Path.of(System.getProperty("framecast.test.server"));
  }

  /** What the process has printed since its last start. */
  String log() {
    try {
      return Files.readString(folder.resolve("log/console.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }
}
