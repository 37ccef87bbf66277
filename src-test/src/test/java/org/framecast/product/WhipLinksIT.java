package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.as.arquillian.container.ManagementClient;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Line 11 for WHIP, by a server that is told of two relays; no relay need be there. */
@OwnDeployment
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class WhipLinksIT {
  private static final String SECRET = "s3cret-of-the-relays";
  private static final Pattern LINK =
      Pattern.compile(
          "<(turns?:[^>]+)>; rel=\"ice-server\"; username=\"(\\d+:[^\"]+)\";"
              + " credential=\"([^\"]+)\"; credential-type=\"password\"");

  @Deployment(name = "relays", managed = false, testable = false)
  static EnterpriseArchive ear() {
    return Product.ear();
  }

  @Test
  void line11ThePublishersAnswerNamesEachRelayWithCredentials(
      @ArquillianResource Deployer deployer, @ArquillianResource ManagementClient management)
      throws Exception {
    try (ServerProperties properties = new ServerProperties(management)) {
      properties.set(
          "framecast.webrtc.turn-servers",
          "turn:127.0.0.1:3478,turns:relay.example:443?transport=tcp");
      properties.set("framecast.webrtc.turn-secret", SECRET);
      deployer.deploy("relays");
      try (Api api = new Api(Product.http())) {
        checkLinks(api);
      } finally {
        deployer.undeploy("relays");
      }
    }
  }

  private static void checkLinks(Api api) throws Exception {
    Api.Session session = api.openSession();
    String offer =
        Offers.chromiumLike()
            .replaceFirst("a=recvonly", "a=sendonly\r\na=ssrc:1001 cname:x")
            .replaceFirst("a=recvonly", "a=sendonly\r\na=ssrc:1002 cname:x");
    Api.Answer answer =
        api.post(
            "/whip/" + session.stream(),
            session.accessToken(),
            "application/sdp",
            BodyPublishers.ofString(offer));
    assertEquals(201, answer.status(), answer.text());
    List<String> links = answer.response().headers().allValues("Link");
    assertEquals(2, links.size(), links.toString());
    List<String> urls = List.of("turn:127.0.0.1:3478", "turns:relay.example:443?transport=tcp");
    for (int i = 0; i < 2; i++) {
      Matcher link = LINK.matcher(links.get(i));
      assertTrue(link.matches(), links.get(i));
      assertEquals(urls.get(i), link.group(1));
      assertEquals(credential(link.group(2)), link.group(3));
      assertFalse(links.get(i).contains(SECRET));
    }
    assertEquals(204, api.delete("/session", session.accessToken()).status());
  }

  /** As a relay computes it. */
  private static String credential(String user) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    return Base64.getEncoder().encodeToString(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
  }
}
