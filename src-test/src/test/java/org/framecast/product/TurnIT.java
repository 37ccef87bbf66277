package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class TurnIT {
  private static final int PORT = 3478 + Product.portOffset();
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
    boolean installed =
        Stream.of("/usr/bin", "/usr/local/bin", "/usr/sbin")
            .anyMatch(place -> Files.isExecutable(Path.of(place, "turnserver")));
    assertTrue(installed, "coturn is missing; install it with: sudo apt-get install -y coturn");
    try (ServerProperties properties = new ServerProperties(management)) {
      properties.set("framecast.webrtc.turn-servers", "turn:" + address() + ":" + PORT);
      properties.set("framecast.webrtc.turn-secret", SECRET);
      deployer.deploy("with-relay");
      Process relay = relay();
      try (Api api = new Api(Product.http())) {
        checkLinks(api);
        Browser.run(
            "watch-by-relay.mjs",
            Duration.ofSeconds(60),
            List.of("--base=" + Product.http(), "--stream=demo"));
      } finally {
        relay.destroy();
        relay.waitFor(5, TimeUnit.SECONDS);
        deployer.undeploy("with-relay");
      }
    }
    String log = Files.readString(folder.resolve("relay.log"));
    assertTrue(log.contains("ALLOCATE processed, success"), log);
  }

  private static void checkLinks(Api api) throws IOException {
    Api.Session session = api.openSession();
    Api.Answer answer =
        api.post(
            "/whep/demo",
            session.accessToken(),
            "application/sdp",
            BodyPublishers.ofString(Offers.chromiumLike()));
    List<String> links =
        answer.response().headers().allValues("Link").stream()
            .filter(link -> link.contains("ice-server"))
            .toList();
    assertTrue(
        links.size() == 1
            && links
                .get(0)
                .matches(
                    "<turn:"
                        + Pattern.quote(address())
                        + ":"
                        + PORT
                        + ">; rel=\"ice-server\"; username=\"\\d+:"
                        + session.id()
                        + "\"; credential=\"[A-Za-z0-9+/]+=\"; credential-type=\"password\""),
        links.toString());
    assertFalse(links.get(0).contains(SECRET));
    api.delete("/session", session.accessToken());
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

  private Process relay() throws IOException {
    return new ProcessBuilder(
            "turnserver",
            "-n",
            "--listening-ip=" + address(),
            "--relay-ip=" + address(),
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
