package org.framecast.web.signalling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.framecast.auth.IceServer;
import org.junit.jupiter.api.Test;

class LinkHeadersTest {
  @Test
  void aRelayIsNamedWithItsCredentialsAndStunWithout() {
    assertEquals(
        "<stun:a:1>; rel=\"ice-server\"",
        LinkHeaders.link(new IceServer("stun:a:1", Optional.empty())));
    assertEquals(
        "<turn:b:2?transport=udp>; rel=\"ice-server\"; username=\"9:x\"; credential=\"p+/=\";"
            + " credential-type=\"password\"",
        LinkHeaders.link(
            new IceServer(
                "turn:b:2?transport=udp", Optional.of(new IceServer.Credential("9:x", "p+/=")))));
  }
}
