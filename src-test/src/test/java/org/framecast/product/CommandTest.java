package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.framecast.product.Command.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands say before they do anything: help, and one clear line when they cannot. */
class CommandTest {
  @ParameterizedTest
  @ValueSource(strings = {"run", "test", "bench"})
  void eachCommandHasHelp(String command) {
    Ended help = run(command, "--help");
    assertEquals(0, help.status(), help.printed());
    assertTrue(help.printed().startsWith("usage: bin/" + command), help.printed());
  }

  @ParameterizedTest
  @CsvSource({
    "run, --colour, unknown option",
    "test, --colour, unknown option",
    "bench, colour, no benchmark is called colour",
    "run, --port-offset, --port-offset needs a number",
    "run, --port-offset=many, --port-offset needs a number",
    "run, --port-offset=99999, --port-offset needs a number",
    "run, --bind=192.0.2.1, needs an identity provider",
    "run, --bind=0.0.0.0, stands for all addresses",
    "run, --bind=127.example.com, is no address",
    "run, --bind=, --bind needs an address"
  })
  void whatCannotBeIsRefusedInOneLine(String command, String argument, String says) {
    Ended refused = run(command, argument);
    assertEquals(1, refused.status(), refused.printed());
    assertTrue(refused.error().contains(says), refused.printed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"encode", "processor", "glass", "redeploy"})
  void theHelpNamesTheBenchmark(String name) {
    assertTrue(run("bench", "--help").says("\n  " + name + " "));
  }

  @Test
  void aBenchmarkMustBeNamed() {
    Ended refused = run("bench");
    assertEquals(2, refused.status(), refused.printed());
    assertTrue(refused.says("usage: bin/bench"), refused.printed());
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

  private static Ended run(String command, String... arguments) {
    return Command.in(Product.root()).run("bin/" + command, arguments);
  }
}
