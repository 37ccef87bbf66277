package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
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
 * A server that has as many viewers, or as many offers under way, as it may: one more is told when
 * to come again, those who are there stay, and who leaves makes room.
 */
@OwnDeployment
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class OverloadIT {
  private static final int MAX_OFFERS = 3;
  private static final int MAX_VIEWERS = 4;

  private static final int PENDING_OF_CALLER = 300;
  private static final int AT_A_TIME = 8;
  private static final long BETWEEN_NANOS = 25_000_000L;

  private int numbered;

  @Deployment(name = "small", managed = false, testable = false)
  static EnterpriseArchive ear() {
    return Product.ear();
  }

  @Test
  void oneMoreThanThereMayBeGets503AndWhenToComeAgain(
      @ArquillianResource Deployer deployer, @ArquillianResource ManagementClient management) {
    try (ServerProperties properties = new ServerProperties(management)) {
      properties.set("framecast.webrtc.max-pending-offers", Integer.toString(MAX_OFFERS));
      properties.set("framecast.webrtc.max-viewers", Integer.toString(MAX_VIEWERS));
      deployer.deploy("small");
      try (Api api = new Api(Product.http())) {
        offersAreLimited(api, api.openSession());
        viewersAreLimited(api, api.openSession());
      } finally {
        deployer.undeploy("small");
      }
    }
  }

  /**
   * None of them ever connects. The limit of the handshake is the longest that may be; the library
   * itself gives a peer up after half a minute, so few offers wait for the answers to others.
   */
  @Test
  void theDefaultsAdmitThirtyJoinsASecondAndThreeHundredOffersOfOneCallerAndNoMore(
      @ArquillianResource Deployer deployer, @ArquillianResource ManagementClient management) {
    try (ServerProperties properties = new ServerProperties(management)) {
      properties.set("framecast.webrtc.handshake-millis", "60000");
      deployer.deploy("small");
      try (Api api = new Api(Product.http())) {
        Api.Session session = api.openSession();
        Set<String> opened = rush(api, session);
        assertEquals(PENDING_OF_CALLER, opened.size());
        Api.Answer refused = offer(api, session);
        assertEquals(429, refused.status(), refused.text());
        assertEquals("too-many-offers", refused.problem());
        assertTrue(refused.header("Retry-After").matches("[1-9]\\d*"), refused.text());
        assertEquals(PENDING_OF_CALLER, new Health(api).count("peers"), "none has come to its end");
        api.delete("/session", session.accessToken());
        new Health(api).await("peers", peers -> peers == 0, Duration.ofSeconds(30));
      } finally {
        deployer.undeploy("small");
      }
    }
  }

  /** Forty a second, or as many as the machine brings about. */
  private Set<String> rush(Api api, Api.Session session) {
    List<CompletableFuture<Api.Answer>> answers = new ArrayList<>();
    Set<String> opened = new HashSet<>();
    Semaphore underWay = new Semaphore(AT_A_TIME);
    try (HttpClient http = HttpClient.newHttpClient()) {
      long next = System.nanoTime();
      for (int i = 0; i < PENDING_OF_CALLER; i++) {
        underWay.acquireUninterruptibly();
        answers.add(
            http.sendAsync(request(api, session), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(Api.Answer::new)
                .whenComplete((answer, failure) -> underWay.release()));
        next += BETWEEN_NANOS;
        LockSupport.parkNanos(Math.min(BETWEEN_NANOS, next - System.nanoTime()));
      }
      for (CompletableFuture<Api.Answer> answer : answers) {
        assertEquals(201, answer.join().status(), () -> answer.join().text());
        opened.add(answer.join().header("Location"));
      }
    }
    return opened;
  }

  private HttpRequest request(Api api, Api.Session session) {
    return api.request("/whep/demo")
        .header("Authorization", "Bearer " + session.accessToken())
        .header("Content-Type", "application/sdp")
        .POST(BodyPublishers.ofString(sdp()))
        .build();
  }

  private void offersAreLimited(Api api, Api.Session session) {
    String first = "";
    for (int i = 0; i < MAX_OFFERS; i++) {
      Api.Answer answer = offer(api, session);
      assertEquals(201, answer.status(), answer.text());
      first = first.isEmpty() ? answer.header("Location") : first;
    }
    isOverload(offer(api, session), "too-many-offers");
    assertEquals(200, api.delete(api.uri(first).getPath(), session.accessToken()).status());
    assertEquals(201, offer(api, session).status(), "there is room again");
    isOverload(offer(api, session), "too-many-offers");
    api.delete("/session", session.accessToken());
    new Health(api).await("peers", peers -> peers == 0, Duration.ofSeconds(15));
  }

  private void viewersAreLimited(Api api, Api.Session session) {
    List<RtcViewer> viewers = new ArrayList<>();
    try {
      for (int i = 0; i < MAX_VIEWERS; i++) {
        RtcViewer viewer = RtcViewer.join(api, "demo", session.accessToken());
        viewers.add(viewer);
        viewer.awaitVideoPackets(5);
      }
      isOverload(offer(api, session), "too-many-viewers");
      for (RtcViewer viewer : viewers) {
        viewer.awaitVideoPackets(viewer.videoPackets() + 10);
      }
      String gone = viewers.getFirst().location();
      assertEquals(200, api.delete(gone, session.accessToken()).status());
      assertEquals(201, offer(api, session).status(), "there is room again");
      isOverload(offer(api, session), "too-many-viewers");
    } finally {
      viewers.forEach(RtcViewer::close);
    }
  }

  private Api.Answer offer(Api api, Api.Session session) {
    return api.post(
        "/whep/demo", session.accessToken(), "application/sdp", BodyPublishers.ofString(sdp()));
  }

  private String sdp() {
    int number = numbered++;
    return Offers.chromiumLike("over" + number, 30_000 + number);
  }

  private static void isOverload(Api.Answer answer, String problem) {
    assertEquals(503, answer.status(), answer.text());
    assertEquals(problem, answer.problem());
    assertTrue(answer.header("Retry-After").matches("[1-9]\\d*"), answer.header("Retry-After"));
  }
}
