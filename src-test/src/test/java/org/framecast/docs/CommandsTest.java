package org.framecast.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands say before they do anything. */
class CommandsTest {
  private static final int HTTP = 8080;
  private static final int RTC = 8189;
  private static final int FIRST_PORT = 23_456;
  private static final int LAST_PORT = 23_956;

  private record Result(int status, String output) {}

  private static Result run(String command, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(SourceTree.root().resolve(command).toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(SourceTree.root().toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("FRAMECAST_WEBRTC_UDP_PORT");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      assertTrue(process.waitFor(15, TimeUnit.SECONDS), () -> line + " did not refuse at once");
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.exitValue(), output);
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  private static void assertRefused(Result result, String... words) {
    assertEquals(1, result.status(), result.output());
    String last = result.output().lines().reduce("", (before, line) -> line);
    assertTrue(last.startsWith("error: "), result.output());
    for (String word : words) {
      assertTrue(last.contains(word), last);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bin/run", "bin/test", "bin/bench"})
  void helpSaysWhatThereIs(String command) throws Exception {
    Result help = run(command, "--help");
    assertEquals(0, help.status(), help.output());
    assertTrue(help.output().startsWith("usage: " + command), help.output());
    String readme = SourceTree.read(SourceTree.root().resolve("README.md"));
    if (command.equals("bin/run")) {
      for (String option : List.of("--port-offset", "--bind", "--pair", "--build-only")) {
        assertTrue(help.output().contains(option), option);
        assertTrue(readme.contains(option), option + " in the README");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bin/run", "bin/test"})
  void anUnknownOptionIsNamed(String command) throws Exception {
    assertRefused(run(command, "--no-such-option"), "--no-such-option");
  }

  @Test
  void anAddressElsewhereNeedsPairing() throws Exception {
    assertRefused(run("bin/run", "--bind", "0.0.0.0"), "0.0.0.0", "--pair");
  }

  @Test
  void anOffsetIsANumber() throws Exception {
    assertRefused(run("bin/run", "--port-offset", "many"), "--port-offset");
  }

  @Test
  void aTakenTcpPortIsNamedWithWhatToDo() throws Exception {
    try (ServerSocket taken = takenTcp()) {
      int port = taken.getLocalPort();
      assertRefused(
          run("bin/run", "--port-offset", String.valueOf(port - HTTP)),
          "TCP port " + port + " is taken",
          "--port-offset");
    }
  }

  @Test
  void aTakenUdpPortIsNamedWithWhatToDo() throws Exception {
    try (DatagramSocket taken = takenUdp()) {
      int port = taken.getLocalPort();
      assertRefused(
          run("bin/run", "--port-offset", String.valueOf(port - RTC)),
          "UDP port " + port + " is taken",
          "--port-offset");
    }
  }

  /** Below the range that the system gives out by itself, and within reach of an offset. */
  private static ServerSocket takenTcp() throws IOException {
    for (int port = FIRST_PORT; port < LAST_PORT; port++) {
      ServerSocket socket = new ServerSocket();
      try {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
      } catch (BindException e) {
        socket.close();
      }
    }
    throw new IllegalStateException("no free port");
  }

  private static DatagramSocket takenUdp() throws SocketException {
    for (int port = FIRST_PORT; port < LAST_PORT; port++) {
      try {
        return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      } catch (BindException e) {
        // the next one
      }
    }
    throw new IllegalStateException("no free port");
  }

  @Test
  void continuousIntegrationRunsTheTestCommand() throws IOException {
    String script = SourceTree.read(SourceTree.root().resolve(".ci/run"));
    assertTrue(script.contains("exec bin/test"), script);
    assertFalse(script.contains("--fast") || script.contains("--only"), script);
  }
}
