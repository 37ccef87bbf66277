package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.as.arquillian.container.ManagementClient;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server with a relay: coturn beside it. */
@OwnDeployment
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class TurnIT {
  private static final int PORT = 3478 + Product.portOffset();
  private static final String LOOPBACK = "127.0.0.1";
  private static final String SECRET = "s3cret-of-the-relay";

  @TempDir Path folder;

  @Deployment(name = "with-relay", managed = false, testable = false)
  static EnterpriseArchive ear() {
    return Product.ear();
  }

  @Test
  void aPageThatMayOnlyUseRelaysWatchesByTheCredentialsOfItsAnswer(
      @ArquillianResource Deployer deployer, @ArquillianResource ManagementClient management)
      throws Exception {
    isInstalled();
    try (ServerProperties properties = new ServerProperties(management)) {
      properties.set("framecast.webrtc.turn-servers", "turn:" + address() + ":" + PORT);
      properties.set("framecast.webrtc.turn-secret", SECRET);
      deployer.deploy("with-relay");
      Process relay = relay(address());
      try (Api api = new Api(Product.http())) {
        link(api, address());
        Browser.run(
            "watch-by-relay.mjs",
            Duration.ofSeconds(60),
            List.of("--base=" + Product.http(), "--stream=demo"));
      } finally {
        end(relay);
        deployer.undeploy("with-relay");
      }
    }
    String log = Files.readString(folder.resolve("relay.log"));
    assertTrue(log.contains("ALLOCATE processed, success"), log);
  }

  /** Browsers take no relayed address on loopback; Pion does. */
  @Test
  void onLoopbackAViewerThatMayOnlyUseRelaysWatchesToo(
      @ArquillianResource Deployer deployer, @ArquillianResource ManagementClient management)
      throws Exception {
    isInstalled();
    try (ServerProperties properties = new ServerProperties(management)) {
      properties.set("framecast.webrtc.bind-address", LOOPBACK);
      properties.set("framecast.webrtc.turn-servers", "turn:" + LOOPBACK + ":" + PORT);
      properties.set("framecast.webrtc.turn-secret", SECRET);
      deployer.deploy("with-relay");
      Process relay = relay(LOOPBACK);
      try (Api api = new Api(Product.http())) {
        String link = link(api, LOOPBACK);
        String user = parameter(link, "username");
        String password = parameter(link, "credential");
        JsonObject seen = PionClient.watch(relayed(user, password));
        assertEquals("relay", seen.getString("way"), seen.toString());
        assertTrue(seen.getInt("frames") >= 10, seen.toString());
        List<String> wrong = relayed(user, "x" + password);
        assertThrows(AssertionError.class, () -> PionClient.watch(wrong), "any password does");
      } finally {
        end(relay);
        deployer.undeploy("with-relay");
      }
    }
  }

  /** Behind a translator of addresses, the server learns from a STUN server where it is seen. */
  @Test
  void theServerOffersTheAddressThatAStunServerSees(
      @ArquillianResource Deployer deployer, @ArquillianResource ManagementClient management)
      throws Exception {
    isInstalled();
    Process relay = relay(LOOPBACK);
    try (LossyNetwork translator = LossyNetwork.open(PORT, List.of("--seed", "1"));
        ServerProperties properties = new ServerProperties(management)) {
      properties.set("framecast.webrtc.bind-address", LOOPBACK);
      properties.set("framecast.webrtc.ice-servers", "stun:" + translator.address());
      deployer.deploy("with-relay");
      try (Api api = new Api(Product.http())) {
        Api.Session session = api.openSession();
        Api.Answer answer = offer(api, session);
        List<String> learned =
            answer.text().lines().filter(line -> line.contains(" typ srflx ")).toList();
        assertEquals(1, learned.size(), answer.text());
        String[] words = learned.getFirst().split(" ");
        assertEquals(LOOPBACK, words[4]);
        assertNotEquals(Integer.toString(Product.mediaPort()), words[5], "not its own port");
        assertEquals(
            List.of("<stun:" + translator.address() + ">; rel=\"ice-server\""), servers(answer));
        api.delete("/session", session.accessToken());
      } finally {
        deployer.undeploy("with-relay");
      }
    } finally {
      end(relay);
    }
  }

  private static List<String> relayed(String user, String password) {
    return List.of(
        "-url",
        Product.http() + "/whep/demo",
        "-turn",
        "turn:" + LOOPBACK + ":" + PORT,
        "-turn-user",
        user,
        "-turn-password",
        password);
  }

  private static void isInstalled() {
    boolean installed =
        Stream.of("/usr/bin", "/usr/local/bin", "/usr/sbin")
            .anyMatch(place -> Files.isExecutable(Path.of(place, "turnserver")));
    assertTrue(installed, "coturn is missing; install it with: sudo apt-get install -y coturn");
  }

  private static Api.Answer offer(Api api, Api.Session session) {
    Api.Answer answer =
        api.post(
            "/whep/demo",
            session.accessToken(),
            "application/sdp",
            BodyPublishers.ofString(Offers.chromiumLike()));
    assertEquals(201, answer.status(), answer.text());
    return answer;
  }

  private static List<String> servers(Api.Answer answer) {
    return answer.response().headers().allValues("Link").stream()
        .filter(link -> link.contains("ice-server"))
        .toList();
  }

  /** What an answer says of the relay; the session goes on, the credentials are its own. */
  private static String link(Api api, String address) {
    Api.Session session = api.openSession();
    List<String> links = servers(offer(api, session));
    assertEquals(1, links.size(), links.toString());
    String link = links.getFirst();
    assertTrue(
        link.matches(
            "<turn:"
                + Pattern.quote(address)
                + ":"
                + PORT
                + ">; rel=\"ice-server\"; username=\"\\d+:"
                + session.id()
                + "\"; credential=\"[A-Za-z0-9+/]+=\"; credential-type=\"password\""),
        link);
    assertFalse(link.contains(SECRET));
    return link;
  }

  private static String parameter(String link, String name) {
    Matcher value = Pattern.compile(name + "=\"([^\"]+)\"").matcher(link);
    assertTrue(value.find(), link);
    return value.group(1);
  }

  /** Browsers take no relayed address on loopback. */
  private static String address() throws IOException {
    return java.net.NetworkInterface.networkInterfaces()
        .flatMap(java.net.NetworkInterface::inetAddresses)
        .filter(address -> address instanceof java.net.Inet4Address && !address.isLoopbackAddress())
        .map(java.net.InetAddress::getHostAddress)
        .findFirst()
        .orElseThrow();
  }

  private static void end(Process relay) throws InterruptedException {
    relay.destroy();
    relay.waitFor(5, TimeUnit.SECONDS);
  }

  private Process relay(String address) throws IOException {
    return new ProcessBuilder(
            "turnserver",
            "-n",
            "--listening-ip=" + address,
            "--relay-ip=" + address,
            "--listening-port=" + PORT,
            "--use-auth-secret",
            "--static-auth-secret=" + SECRET,
            "--realm=framecast",
            "--allow-loopback-peers",
            "--no-tls",
            "--no-dtls",
            "--no-cli",
            "--verbose",
            "--log-file=stdout",
            "--pidfile=" + folder.resolve("relay.pid"),
            "--userdb=" + folder.resolve("relay.db"))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("relay.log").toFile())
        .start();
  }
}
