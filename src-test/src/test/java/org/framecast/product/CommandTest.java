package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands say before they do anything: help, and one clear line when they cannot. */
class CommandTest {
  /** What a command printed and how it ended. */
  private record Ended(int status, String printed) {}

  @ParameterizedTest
  @ValueSource(strings = {"run", "test", "bench"})
  void eachCommandHasHelp(String command) throws IOException {
    Ended help = run(command, "--help");
    assertEquals(0, help.status(), help.printed());
    assertTrue(help.printed().startsWith("usage: bin/" + command), help.printed());
  }

  @ParameterizedTest
  @CsvSource({
    "run, --colour, unknown option",
    "test, --colour, unknown option",
    "bench, colour, no benchmark is called colour",
    "run, --port-offset=many, --port-offset needs a number",
    "run, --port-offset=99999, --port-offset needs a number",
    "run, --bind=192.0.2.1, needs an identity provider"
  })
  void whatCannotBeIsRefusedInOneLine(String command, String argument, String says)
      throws IOException {
    Ended refused = run(command, argument);
    assertEquals(1, refused.status(), refused.printed());
    assertTrue(refused.printed().lines().anyMatch(l -> l.contains(says)), refused.printed());
    assertTrue(
        refused.printed().lines().filter(line -> line.startsWith("error: ")).count() == 1,
        refused.printed());
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = takePort()) {
      int offset = taken.getLocalPort() - 8080;
      Ended refused = run("run", "--port-offset=" + offset);
      assertEquals(1, refused.status(), refused.printed());
      assertTrue(
          refused.printed().contains("TCP port " + taken.getLocalPort() + " is taken"),
          refused.printed());
    }
  }

  @Test
  void aTakenUdpPortIsNamed() throws IOException {
    try (DatagramSocket taken = takeUdpPort()) {
      int offset = taken.getLocalPort() - 8189;
      Ended refused = run("run", "--port-offset=" + offset);
      assertEquals(1, refused.status(), refused.printed());
      assertTrue(
          refused.printed().contains("UDP port " + taken.getLocalPort() + " is taken"),
          refused.printed());
    }
  }

  private static DatagramSocket takeUdpPort() throws IOException {
    IOException last = new IOException("no port was tried");
    for (int port = 23_000; port < 23_100; port++) {
      try {
        return new DatagramSocket(port, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  /** Some port that is free and that an offset can reach. */
  private static ServerSocket takePort() throws IOException {
    IOException last = new IOException("no port was tried");
    for (int port = 21_000; port < 21_100; port++) {
      try {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private static Ended run(String command, String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Product.root().resolve("bin").resolve(command).toString());
    line.addAll(List.of(arguments));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(20, TimeUnit.SECONDS), printed);
      return new Ended(process.exitValue(), printed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      process.destroy();
    }
  }
}
