package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.as.arquillian.container.ManagementClient;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Negotiations that hang: the server is told of a STUN server that never answers, so that gathering
 * does not end, and each negotiation runs into its limit.
 */
@OwnDeployment
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class HangingNegotiationIT {
  private static final int NEGOTIATIONS = 50;
  private static final List<String> PATHS =
      List.of("/session", "/health/live", "/", "/session/state", "/streams", "/components");

  @Deployment(name = "hanging", managed = false, testable = false)
  static EnterpriseArchive ear() {
    return Product.ear();
  }

  @Test
  void fiftyHangingNegotiationsHoldUpNobody(
      @ArquillianResource Deployer deployer, @ArquillianResource ManagementClient management)
      throws IOException {
    try (DatagramSocket blackHole =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ServerProperties properties = new ServerProperties(management)) {
      properties.set("framecast.webrtc.ice-servers", "stun:127.0.0.1:" + blackHole.getLocalPort());
      deployer.deploy("hanging");
      try (Api api = new Api(Product.http())) {
        holdsUpNobody(api);
      } finally {
        deployer.undeploy("hanging");
      }
    }
  }

  private static void holdsUpNobody(Api api) {
    Api.Session session = api.openSession();
    Health health = new Health(api);
    try (StreamSocket socket = StreamSocket.open(api, session.accessToken(), "video");
        Publisher publisher = Publisher.start(socket)) {
      socket.awaitEvent("stats");
      List<CompletableFuture<Api.Answer>> offers = new ArrayList<>();
      long started = System.nanoTime();
      for (int i = 0; i < NEGOTIATIONS; i++) {
        offers.add(
            api.sendAsync(
                api.request("/whep/" + session.stream())
                    .header("Authorization", "Bearer " + session.accessToken())
                    .header("Content-Type", "application/sdp")
                    .POST(
                        BodyPublishers.ofString(Offers.chromiumLike("uf" + i + "rag", 40_000 + i)))
                    .build()));
      }
      health.await("peers", peers -> peers == NEGOTIATIONS, Duration.ofSeconds(4));
      int asked = 0;
      while (offers.stream().noneMatch(CompletableFuture::isDone)) {
        String path = PATHS.get(asked % PATHS.size());
        long before = System.nanoTime();
        assertEquals(200, api.get(path, session.accessToken()).status(), path);
        // A second by design; on a busy machine more, but it waits for no negotiation's limit.
        assertTrue(System.nanoTime() - before < Duration.ofSeconds(4).toNanos(), path);
        asked++;
      }
      assertTrue(asked >= 5, asked + " requests were answered meanwhile");
      for (CompletableFuture<Api.Answer> offer : offers) {
        Api.Answer answer = offer.orTimeout(30, TimeUnit.SECONDS).join();
        assertEquals(504, answer.status(), answer.text());
        answer.problem();
      }
      assertTrue(System.nanoTime() - started >= Duration.ofSeconds(4).toNanos(), "they did hang");
      health.await("peers", peers -> peers == 0, Duration.ofSeconds(15));
      publisher.stop();
      int sent = publisher.sent();
      socket.awaitEvent(
          event ->
              event.getString("type").equals("stats")
                  && event.getJsonNumber("frames_in").longValue() >= sent,
          "stats that count all " + sent + " frames");
    }
  }
}
