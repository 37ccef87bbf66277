package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
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
 * Offers whose answer takes its time, and what they ask for is no more by then: the caller hears
 * what it would have heard had it asked only now. A STUN server that waits holds the answers up.
 */
@OwnDeployment
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LateAnswerIT {
  private static final Duration LIMIT = Duration.ofSeconds(8);

  @Deployment(name = "late", managed = false, testable = false)
  static EnterpriseArchive ear() {
    return Product.ear();
  }

  /** What happens while the answers are held up. */
  private interface Scene {
    void play(Api api, LateStun stun);
  }

  @Test
  void aTokenThatRanOutMeanwhileIsRefusedAsSuchOfViewersAndPublishers(
      @ArquillianResource Deployer deployer, @ArquillianResource ManagementClient management)
      throws IOException {
    play(
        deployer,
        management,
        Map.of("framecast.session.access-seconds", "5"),
        LateAnswerIT::tokenRunsOut);
  }

  @Test
  void aStreamThatEndedMeanwhileIsAConflictOrNotFoundByTheRule(
      @ArquillianResource Deployer deployer, @ArquillianResource ManagementClient management)
      throws IOException {
    play(
        deployer,
        management,
        Map.of("framecast.demo.linger-seconds", "1"),
        (api, stun) -> {
          publisherGoes(api, stun);
          sessionGoes(api, stun);
          demoStops(api, stun);
        });
  }

  private static void play(
      Deployer deployer, ManagementClient management, Map<String, String> settings, Scene scene)
      throws IOException {
    try (LateStun stun = LateStun.open();
        ServerProperties properties = new ServerProperties(management)) {
      properties.set("framecast.webrtc.bind-address", "127.0.0.1");
      properties.set("framecast.webrtc.ice-servers", "stun:127.0.0.1:" + stun.port());
      properties.set("framecast.webrtc.negotiation-millis", "14000");
      settings.forEach(properties::set);
      deployer.deploy("late");
      try (Api api = new Api(Product.http())) {
        scene.play(api, stun);
        new Health(api).await("peers", peers -> peers == 0, LIMIT);
      } finally {
        deployer.undeploy("late");
      }
    }
  }

  private static void tokenRunsOut(Api api, LateStun stun) {
    Api.Session session = api.openSession();
    Health health = new Health(api);
    CompletableFuture<Api.Answer> watching =
        offer(api, "/whep/demo", session, Offers.chromiumLike());
    assertEquals(201, watching.orTimeout(8, TimeUnit.SECONDS).join().status());
    stun.hold();
    CompletableFuture<Api.Answer> viewing =
        offer(api, "/whep/demo", session, Offers.chromiumLike());
    CompletableFuture<Api.Answer> publishing =
        offer(api, "/whip/" + session.stream(), session, WhipTest.sending());
    health.await("peers", peers -> peers == 3, LIMIT);
    // The one who watches goes with the token.
    health.await("peers", peers -> peers == 2, LIMIT);
    stun.release();
    isRefused(publishing, 401, "token-expired");
    isRefused(viewing, 401, "token-expired");
    assertTrue(publishing.join().header("WWW-Authenticate").startsWith("Bearer"));
  }

  private static void publisherGoes(Api api, LateStun stun) {
    Api.Session session = api.openSession();
    Health health = new Health(api);
    CompletableFuture<Api.Answer> viewing;
    try (StreamSocket socket = StreamSocket.open(api, session.accessToken(), "video")) {
      viewing = held(api, stun, "/whep/" + session.stream());
    }
    health.await("streams_live", streams -> streams == 0, LIMIT);
    stun.release();
    isRefused(viewing, 409, "not-published");
    assertTrue(viewing.join().header("Retry-After").matches("[1-9]\\d*"));
  }

  private static void sessionGoes(Api api, LateStun stun) {
    Api.Session session = api.openSession();
    Health health = new Health(api);
    try (StreamSocket socket = StreamSocket.open(api, session.accessToken(), "video")) {
      CompletableFuture<Api.Answer> viewing = held(api, stun, "/whep/" + session.stream());
      assertEquals(204, api.delete("/session", session.accessToken()).status());
      health.await("streams_live", streams -> streams == 0, LIMIT);
      stun.release();
      isRefused(viewing, 404, "stream-unknown");
    }
  }

  private static void demoStops(Api api, LateStun stun) {
    Health health = new Health(api);
    CompletableFuture<Api.Answer> viewing = held(api, stun, "/whep/demo");
    health.await("streams_live", streams -> streams == 0, LIMIT);
    stun.release();
    isRefused(viewing, 409, "not-published");
  }

  /** A stranger's offer that is being answered. */
  private static CompletableFuture<Api.Answer> held(Api api, LateStun stun, String path) {
    Health health = new Health(api);
    health.await("peers", peers -> peers == 0, LIMIT);
    stun.hold();
    CompletableFuture<Api.Answer> answer =
        offer(api, path, api.openSession(), Offers.chromiumLike());
    health.await("peers", peers -> peers == 1, LIMIT);
    assertEquals(1, health.count("streams_live"), "the stream of the offer");
    return answer;
  }

  private static CompletableFuture<Api.Answer> offer(
      Api api, String path, Api.Session session, String sdp) {
    return api.sendAsync(
        api.request(path)
            .header("Authorization", "Bearer " + session.accessToken())
            .header("Content-Type", "application/sdp")
            .POST(BodyPublishers.ofString(sdp))
            .build());
  }

  private static void isRefused(CompletableFuture<Api.Answer> asked, int status, String problem) {
    Api.Answer answer = asked.orTimeout(8, TimeUnit.SECONDS).join();
    assertEquals(status, answer.status(), answer.text());
    assertEquals(problem, answer.problem());
  }
}
