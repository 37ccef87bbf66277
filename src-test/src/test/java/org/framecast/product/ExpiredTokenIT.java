package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.as.arquillian.container.ManagementClient;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A token that was right and has expired, on a server whose tokens live for three seconds. */
@OwnDeployment
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ExpiredTokenIT {

  @Deployment(name = "short-lived", managed = false, testable = false)
  static EnterpriseArchive ear() {
    return Product.ear();
  }

  @Test
  void anExpiredTokenIsRefusedAsSuch(
      @ArquillianResource Deployer deployer, @ArquillianResource ManagementClient management)
      throws IOException {
    withTokensOf(3, deployer, management, ExpiredTokenIT::refusesWhatHasExpired);
  }

  @Test
  void aViewerEndsWithItsTokenAndOneThatRefreshesStays(
      @ArquillianResource Deployer deployer, @ArquillianResource ManagementClient management)
      throws IOException {
    withTokensOf(3, deployer, management, ExpiredTokenIT::endsMediaWithTheToken);
  }

  @Test
  void theWatchPageRefreshesInTime(
      @ArquillianResource Deployer deployer, @ArquillianResource ManagementClient management)
      throws IOException {
    withTokensOf(
        4,
        deployer,
        management,
        api ->
            Browser.run(
                "keep-watching.mjs",
                Duration.ofSeconds(120),
                List.of("--base=" + Product.http(), "--stream=demo", "--millis=9000")));
  }

  private static void withTokensOf(
      int seconds, Deployer deployer, ManagementClient management, Consumer<Api> test)
      throws IOException {
    try (ServerProperties properties = new ServerProperties(management)) {
      properties.set("framecast.session.access-seconds", Integer.toString(seconds));
      deployer.deploy("short-lived");
      try (Api api = new Api(Product.http())) {
        test.accept(api);
      } finally {
        deployer.undeploy("short-lived");
      }
    }
  }

  /**
   * By design media ends two seconds after the token at the latest; the limit is for a busy
   * machine.
   */
  private static void endsMediaWithTheToken(Api api) {
    Duration limit = Duration.ofSeconds(3 + 2 + 15);
    Api.Session staying = api.openSession();
    Api.Session leaving = api.openSession();
    long openedNanos = System.nanoTime();
    try (RtcViewer stays = RtcViewer.join(api, "demo", staying.accessToken());
        RtcViewer leaves = RtcViewer.join(api, "demo", leaving.accessToken())) {
      leaves.awaitVideoPackets(5);
      boolean ended = false;
      while (!ended && System.nanoTime() - openedNanos < limit.toNanos()) {
        staying = refreshed(api, staying);
        ended = leaves.awaitEnd(Duration.ofMillis(500));
      }
      long endedMillis = (System.nanoTime() - openedNanos) / 1_000_000;
      assertTrue(ended, "the viewer outlives its token");
      assertTrue(endedMillis > 2_500, "it ended before its token, after " + endedMillis + " ms");
      for (int i = 0; i < 3; i++) {
        staying = refreshed(api, staying);
        stays.awaitVideoPackets(stays.videoPackets() + 15);
      }
      assertFalse(stays.awaitEnd(Duration.ofMillis(1)), "one that refreshes in time stays");
    }
  }

  private static Api.Session refreshed(Api api, Api.Session session) {
    Api.Answer answer = api.putJson("/session", session.refreshToken(), "");
    assertEquals(200, answer.status(), answer.text());
    return new Api.Session(
        session.id(),
        session.stream(),
        answer.json().getString("access_token"),
        answer.json().getString("refresh_token"));
  }

  private static void refusesWhatHasExpired(Api api) {
    Api.Session session = api.openSession();
    String token = session.accessToken();
    assertEquals(200, api.get("/session", token).status());
    Api.Answer answer =
        api.await(() -> api.get("/session", token), a -> a.status() == 401, Duration.ofSeconds(30));
    assertEquals("token-expired", answer.problem());
    assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer"));
    RawHandshake handshake = RawHandshake.of(api, List.of("access_token." + token, "video"));
    assertEquals(401, handshake.status());
    assertEquals("token-expired", handshake.problem());
    Api.Answer offer =
        api.post("/whep/demo", token, "application/sdp", BodyPublishers.ofString(""));
    assertEquals(401, offer.status());
    Api.Answer refreshed = api.putJson("/session", session.refreshToken(), "");
    assertEquals(200, refreshed.status(), "the refresh token still works");
  }
}
