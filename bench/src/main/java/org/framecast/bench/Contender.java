package org.framecast.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A server that is measured: an endpoint and the process behind it.
 *
 * <p><b>Ownership:</b> {@link #close()} ends the process if it was started here.
 */
final class Contender implements AutoCloseable {
  private final String name;
  private final String url;
  private final String token;
  private final ProcessMeter meter;
  private final List<Process> started;
  private double idleMillisPerSecond;
  private long idleRssBytes;

  private Contender(String name, String url, String token, long pid, List<Process> started) {
    this.name = name;
    this.url = url;
    this.token = token;
    this.meter = new ProcessMeter(pid);
    this.started = started;
  }

  /** How a bare loop sends. */
  enum Sending {
    /** The packets of a picture in one call. */
    TOGETHER("", 0, 0),
    EACH(", each", 1, 0),
    /** Each in a call of its own, which the library keeps to answer NACKs. */
    NACK(", NACK", 1, 512);

    private final String suffix;
    private final int each;
    private final int nackPackets;

    Sending(String suffix, int each, int nackPackets) {
      this.suffix = suffix;
      this.each = each;
      this.nackPackets = nackPackets;
    }
  }

  /** A server that runs already. */
  static Contender running(String name, String url, String token, long pid) {
    return new Contender(name, url, token, pid, List.of());
  }

  /** The bare loop in Java, in a JVM of its own. */
  static Contender java(Path packets, Sending sending) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dframecast.root=" + System.getProperty("framecast.root", "."));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(BareLoop.class.getName());
    return start("java loop" + sending.suffix, command, packets, sending);
  }

  /** The bare loop in C++. */
  static Contender cpp(Path program, Path packets, Sending sending) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    return start("C++ loop" + sending.suffix, command, packets, sending);
  }

  private static Contender start(String name, List<String> command, Path packets, Sending sending) {
    int http = freePort();
    int udp = http + 1;
    command.addAll(List.of("--packets", packets.toString(), "--http", Integer.toString(http)));
    command.addAll(List.of("--udp", Integer.toString(udp)));
    command.addAll(List.of("--each", Integer.toString(sending.each)));
    command.addAll(List.of("--nack", Integer.toString(sending.nackPackets)));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      // A benchmark that is interrupted leaves none of them behind.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      String line = process.inputReader().readLine();
      if (!"ready".equals(line)) {
        process.destroy();
        throw new IllegalStateException(name + " said " + line);
      }
      return new Contender(
          name, "http://127.0.0.1:" + http + "/whep/bare", "none", process.pid(), List.of(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return name;
  }

  String url() {
    return url;
  }

  String token() {
    return token;
  }

  ProcessMeter meter() {
    return meter;
  }

  /** Measures what the process costs without a viewer. */
  void measureIdle(int seconds) throws InterruptedException {
    long startNanos = System.nanoTime();
    long cpu = meter.cpuNanos();
    Thread.sleep(seconds * 1000L);
    double took = (System.nanoTime() - startNanos) / 1e9;
    idleMillisPerSecond = (meter.cpuNanos() - cpu) / 1e6 / took;
    idleRssBytes = meter.rssBytes();
  }

  double idleMillisPerSecond() {
    return idleMillisPerSecond;
  }

  long idleRssBytes() {
    return idleRssBytes;
  }

  @Override
  public void close() {
    started.forEach(Process::destroyForcibly);
  }

  @Override
  public String toString() {
    return "%s (pid %d)".formatted(name, meter.pid()).toLowerCase(Locale.ROOT);
  }
}
