package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
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

/** A token that was right and has expired, on a server whose tokens live for three seconds. */
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
    try (ServerProperties properties = new ServerProperties(management)) {
      properties.set("framecast.session.access-seconds", "3");
      deployer.deploy("short-lived");
      try (Api api = new Api(Product.http())) {
        refusesWhatHasExpired(api);
      } finally {
        deployer.undeploy("short-lived");
      }
    }
  }

  private static void refusesWhatHasExpired(Api api) {
    Api.Session session = api.openSession();
    String token = session.accessToken();
    assertEquals(200, api.get("/session", token).status());
    Api.Answer answer =
        api.await(() -> api.get("/session", token), a -> a.status() == 401, Duration.ofSeconds(15));
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
