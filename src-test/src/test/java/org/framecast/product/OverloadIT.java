package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    int number = numbered++;
    return api.post(
        "/whep/demo",
        session.accessToken(),
        "application/sdp",
        BodyPublishers.ofString(Offers.chromiumLike("over" + number, 30_000 + number)));
  }

  private static void isOverload(Api.Answer answer, String problem) {
    assertEquals(503, answer.status(), answer.text());
    assertEquals(problem, answer.problem());
    assertTrue(answer.header("Retry-After").matches("[1-9]\\d*"), answer.header("Retry-After"));
  }
}
