package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.as.arquillian.container.ManagementClient;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server whose media has an IPv6 address alone: offers, answers and media are of IPv6. */
@OwnDeployment
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class Ipv6IT {
  private static final String LOOPBACK = "::1";

  @Deployment(name = "ipv6", managed = false, testable = false)
  static EnterpriseArchive ear() {
    return Product.ear();
  }

  @Test
  void aViewerAndAPublisherComeOverIpv6(
      @ArquillianResource Deployer deployer, @ArquillianResource ManagementClient management) {
    try (ServerProperties properties = new ServerProperties(management)) {
      properties.set("framecast.webrtc.bind-address", LOOPBACK);
      deployer.deploy("ipv6");
      try (Api api = new Api(Product.http())) {
        watched(api);
      } finally {
        deployer.undeploy("ipv6");
      }
    }
  }

  private static void watched(Api api) {
    Api.Session session = api.openSession();
    try (RtcPublisher publisher =
            RtcPublisher.startFrom(api, session, LOOPBACK, UnaryOperator.identity());
        RtcViewer viewer =
            RtcViewer.joinFrom(
                api,
                session.stream(),
                session.accessToken(),
                LOOPBACK,
                RtcPeer::withoutCandidates)) {
      hasIpv6Alone(publisher.offer());
      hasIpv6Alone(publisher.answer().text());
      hasIpv6Alone(viewer.answered());
      viewer.awaitVideoPackets(20);
      viewer.awaitAudioPackets(20);
    }
    api.delete("/session", session.accessToken());
  }

  private static void hasIpv6Alone(String sdp) {
    List<String> addresses =
        sdp.lines()
            .filter(line -> line.startsWith("a=candidate:"))
            .map(line -> line.split(" ")[4])
            .toList();
    assertFalse(addresses.isEmpty(), sdp);
    addresses.forEach(address -> assertTrue(address.contains(":"), address));
  }
}
