package org.framecast.product;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A bad way to the server's media port, by the relay of {@code bench}, in a process of its own.
 *
 * <p><b>Ownership:</b> {@link #close()} ends it.
 */
final class LossyNetwork implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final String address;

  private LossyNetwork(Process process) throws IOException {
    this.process = process;
    this.output = process.inputReader();
    String line = output.readLine();
    if (line == null || !line.startsWith("listening ")) {
      process.destroy();
      throw new AssertionError("the relay said " + line);
    }
    address = "127.0.0.1:" + line.substring("listening ".length());
  }

  /**
   * @param faults options of the relay: {@code --loss}, {@code --reorder}, {@code --delay}, {@code
   *     --rate}
   */
  static LossyNetwork open(int mediaPort, List<String> faults) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path source = Product.root().resolve("bench/src/main/java/org/framecast/bench/UdpRelay.java");
    List<String> command = new ArrayList<>(List.of(java.toString(), source.toString()));
    command.addAll(List.of("--to", "127.0.0.1:" + mediaPort));
    command.addAll(faults);
    try {
      return new LossyNetwork(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Host and port in place of the server's own. */
  String address() {
    return address;
  }

  /** Answers that name it in place of the server's candidates. */
  String through(String answer) {
    String candidate = "a=candidate:1 1 UDP 2122317823 " + address.replace(':', ' ') + " typ host";
    return answer
        .replaceAll("(?m)^a=(candidate:.*|end-of-candidates)\\r\\n", "")
        .replaceAll("(?m)^(a=mid:.*\\r\\n)", "$1" + candidate + "\r\n");
  }

  /**
   * Lets only so much through to the viewers from now on.
   *
   * @param rateBps 0 for any
   */
  void rate(long rateBps) {
    try {
      process.getOutputStream().write(("rate " + rateBps + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it and says what it passed and lost. */
  JsonObject end() {
    try {
      process.getOutputStream().close();
      String line = output.readLine();
      if (line == null) {
        throw new AssertionError("the relay ended without its counts");
      }
      try (var reader = Json.createReader(new StringReader(line))) {
        return reader.readObject();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
