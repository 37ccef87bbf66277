package org.framecast.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.framecast.config.ServerConfig;
import org.junit.jupiter.api.Test;

class IceServersTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_400_000_000));
  private static final ServerConfig.Turn TURN =
      new ServerConfig.Turn(
          List.of("turn:relay.example:3478", "turns:relay.example:5349?transport=tcp"),
          "north-secret",
          Duration.ofHours(1));

  @Test
  void aRelaysCredentialsAreAnExpiryASubjectAndTheirHash() {
    List<IceServer> servers = new IceServers(List.of(), TURN, CLOCK).of("session7");
    assertEquals(TURN.urls(), servers.stream().map(IceServer::url).toList());
    IceServer.Credential credential = servers.get(0).credential().orElseThrow();
    assertEquals("1400003600:session7", credential.username());
    // printf %s 1400003600:session7 | openssl dgst -sha1 -hmac north-secret -binary | base64
    assertEquals("Q50XYnoI4sbvva/PYgceJGhGegk=", credential.password());
    assertEquals(Optional.of(credential), servers.get(1).credential());
  }

  @Test
  void plainStunIsPassedOnAndTheServersOwnPasswordsAreNot() {
    List<IceServer> servers =
        new IceServers(
                List.of("stun:stun.example:3478", "turn:me:mine@relay.example"),
                new ServerConfig.Turn(List.of(), "", Duration.ofHours(1)),
                CLOCK)
            .of("session7");
    assertEquals(List.of(new IceServer("stun:stun.example:3478", Optional.empty())), servers);
  }

  @Test
  void noTextFormShowsASecret() {
    String text = TURN + new IceServers(List.of(), TURN, CLOCK).of("session7").toString();
    assertFalse(text.contains("north-secret"), text);
    assertFalse(text.contains("Q50XYnoI4sbvva/PYgceJGhGegk="), text);
  }
}
