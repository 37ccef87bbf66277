package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.framecast.product.Command.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/run} from its first line to its last, in a checkout of its own, with the server and
 * the EAR that this build made. On ports 500 above those of the other product tests.
 */
@OwnServer
class RunIT {
  private static final Duration READY_LIMIT = Duration.ofSeconds(180);
  private static final Duration END_LIMIT = Duration.ofSeconds(60);
  private static final int OFFSET = Product.portOffset() + 500;
  private static final int HTTP = 8080 + OFFSET;
  private static final int HTTPS = 8443 + OFFSET;
  private static final int MANAGEMENT = 9990 + OFFSET;
  private static final int WEBRTC = 8189 + OFFSET;

  @TempDir Path folder;
  private ScratchCheckout scratch;

  @BeforeEach
  void aBuiltCheckout() {
    scratch = ScratchCheckout.in(folder);
    scratch.useWhatIsBuilt();
    Ended built = scratch.command().run("bin/run", "--build-only");
    assertEquals(0, built.status(), built.printed());
  }

  private static List<String> arguments(String... more) {
    List<String> all = new ArrayList<>(List.of("--port-offset", Integer.toString(OFFSET)));
    all.addAll(List.of(more));
    return all;
  }

  private static void assertPortsAreFree(String address) {
    for (int port : List.of(HTTP, HTTPS, MANAGEMENT)) {
      assertFalse(Sockets.listens(address, port), () -> address + ":" + port + " is still taken");
      assertFalse(Sockets.listens("127.0.0.1", port), () -> port + " is still taken");
    }
  }

  @Test
  void itServesOnItsPortsUntilControlC() throws IOException {
    long started = System.nanoTime();
    try (RunningCommand run = RunningCommand.onTerminal(scratch, arguments())) {
      run.awaitPrinted("Starting\n", READY_LIMIT);
      run.awaitPrinted("Framecast is ready: http://localhost:" + HTTP + "/\n", READY_LIMIT);
      long millis = (System.nanoTime() - started) / 1_000_000;
      try (Api api = new Api(URI.create("http://localhost:" + HTTP))) {
        // At once: the address is printed only when all of it is there.
        assertEquals(200, api.send(api.request("/health/ready").GET().build()).status());
        assertEquals(200, Sockets.httpsStatus("127.0.0.1", HTTPS, "GET / HTTP/1.1\r\n\r\n"));
        assertFalse(run.printed().contains("pairing code"), run.printed());
        ProcessHandle server = run.server();
        try (RtcViewer viewer = RtcViewer.join(api, "demo", api.openSession().accessToken())) {
          viewer.awaitVideoPackets(20);
          assertEquals(Set.of(WEBRTC), Sockets.udpPorts(server));
          run.rememberProcesses();
          run.typeControlC();
          assertEquals(0, run.awaitEnd(END_LIMIT), run.printed());
        }
      }
      assertTrue(run.printed().endsWith("Stopping\nStopped.\n"), run.printed());
      run.awaitNoProcess(Duration.ofSeconds(30));
      assertPortsAreFree("127.0.0.1");
      Files.writeString(
          Files.createDirectories(Product.root().resolve("src-test/target"))
              .resolve("run-ready.txt"),
          "ready after " + millis + " ms\n");
    }
  }

  @Test
  void anotherLoopbackAddressIsServedAloneUntilItIsTerminatedAndItsPublisherIsTold()
      throws IOException {
    String address = "127.77.0.5";
    try (RunningCommand run = RunningCommand.onTerminal(scratch, arguments("--bind", address))) {
      run.awaitPrinted("Framecast is ready: http://" + address + ":" + HTTP + "/\n", READY_LIMIT);
      try (Api api = new Api(URI.create("http://" + address + ":" + HTTP))) {
        assertEquals(200, api.send(api.request("/health/ready").GET().build()).status());
        assertEquals(200, Sockets.httpsStatus(address, HTTPS, "GET / HTTP/1.1\r\n\r\n"));
        assertFalse(Sockets.listens("127.0.0.1", HTTP), "plain http on the usual address too");
        run.rememberProcesses();
        try (StreamSocket socket =
                StreamSocket.open(api, api.openSession().accessToken(), "video");
            Publisher publisher = Publisher.start(socket)) {
          assertTrue(publisher.isRunning());
          run.script().destroy();
          assertEquals("shutdown", socket.awaitEvent("ended").getString("reason"));
          assertEquals(1001, socket.awaitClose());
        }
      }
      assertEquals(0, run.awaitEnd(END_LIMIT), run.printed());
      run.awaitNoProcess(Duration.ofSeconds(30));
      assertPortsAreFree(address);
    }
  }

  @Test
  void pairingOpensHttpsAloneAndItsOwnEndLeavesNoServer() throws IOException {
    Optional<String> address = networkAddress();
    assumeTrue(address.isPresent(), "this machine has no address but loopback");
    scratch.program("qrencode", "#!/bin/sh\necho \"QR code of $(cat)\"\n");
    try (RunningCommand run =
        RunningCommand.inBackground(scratch, arguments("--pair", "--bind", address.get()))) {
      run.awaitPrinted("Ctrl-C stops it.", READY_LIMIT);
      Matcher code =
          Pattern.compile(
                  "pairing code (\\w{10}); open on the phone: https://"
                      + Pattern.quote(address.get() + ":" + HTTPS)
                      + "/#pair=\\1\n"
                      + "QR code of https://[^\n]*#pair=\\1\n")
              .matcher(run.printed());
      assertTrue(code.find(), run.printed());
      assertEquals(401, Sockets.httpsStatus(address.get(), HTTPS, openSession("WRONGCODE2")));
      assertEquals(201, Sockets.httpsStatus(address.get(), HTTPS, openSession(code.group(1))));
      assertTrue(Sockets.listens("127.0.0.1", HTTP), "plain http on loopback");
      assertFalse(Sockets.listens(address.get(), HTTP), "plain http on the network");
      assertFalse(Sockets.listens(address.get(), MANAGEMENT), "management on the network");
      run.server();
      run.rememberProcesses();
      run.script().destroyForcibly();
      run.awaitEnd(END_LIMIT);
      run.awaitNoProcess(END_LIMIT);
      assertPortsAreFree(address.get());
    }
  }

  @Test
  void itStopsWhileTheServerStarts() {
    try (RunningCommand run = RunningCommand.onTerminal(scratch, arguments())) {
      run.awaitPrinted("Starting\n", READY_LIMIT);
      run.server();
      run.rememberProcesses();
      run.typeControlC();
      assertEquals(0, run.awaitEnd(END_LIMIT), run.printed());
      assertFalse(run.printed().contains("is ready"), run.printed());
      run.awaitNoProcess(Duration.ofSeconds(30));
      assertPortsAreFree("127.0.0.1");
    }
  }

  @Test
  void eachUnusableSettingIsNamedInALineAndNothingElse() {
    Map<String, String> environment = new HashMap<>(scratch.environment());
    environment.put("FRAMECAST_PROCESS_WORKERS", "abc");
    environment.put("FRAMECAST_WEBRTC_UDP_PORT", "x");
    environment.put("FRAMECAST_JAVA_OPTS", "-Dframecast.video.speed=99 -Dframecast.word=SECRET");
    Ended refused =
        scratch
            .command()
            .with(environment)
            .within(READY_LIMIT)
            .run("bin/run", arguments().toArray(String[]::new));
    assertEquals(1, refused.status(), refused.printed());
    assertEquals(
        """
        Starting
        error: framecast.process.workers (FRAMECAST_PROCESS_WORKERS) is no whole number: abc
        error: framecast.video.speed (FRAMECAST_VIDEO_SPEED) must be from 0 to 16 steps, not 99
        error: framecast.webrtc.udp-port (FRAMECAST_WEBRTC_UDP_PORT) is no whole number: x
        """,
        refused.printed());
    assertPortsAreFree("127.0.0.1");
    String log = scratch.read(".run/server-" + OFFSET + "/log/server.log");
    assertTrue(log.contains("FRAMECAST0050"), log);
    assertFalse(log.contains("SECRET"), "the log shows what the server was started with");
  }

  private static String openSession(String code) {
    String body = "{\"pairing_code\":\"" + code + "\"}";
    return "POST /session HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static Optional<String> networkAddress() throws IOException {
    return NetworkInterface.networkInterfaces()
        .filter(RunIT::isUp)
        .flatMap(NetworkInterface::inetAddresses)
        .filter(it -> it instanceof Inet4Address && !it.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .findFirst();
  }

  private static boolean isUp(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback();
    } catch (IOException e) {
      return false;
    }
  }
}
