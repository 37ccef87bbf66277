package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.framecast.config.ServerConfig;
import org.framecast.model.SharedComponents;
import org.framecast.session.LayerSetting;
import org.framecast.session.RecordedEvents;
import org.framecast.session.SessionRegistry;
import org.framecast.session.SessionState;
import org.framecast.session.StepClock;
import org.framecast.session.StreamMode;
import org.framecast.stream.plugin.ComponentRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
  private final StepClock clock = new StepClock();
  private final SessionRegistry sessions =
      new SessionRegistry(
          ServerConfig.read(key -> Optional.empty(), Path.of("data")),
          clock,
          new RecordedEvents<>());
  private final Handshake handshake =
      new Handshake(
          sessions,
          new LayerCatalog(
              ComponentRegistry.load(ComponentRegistry.class.getClassLoader()),
              new SharedComponents()),
          clock);
  private final SessionRegistry.Opened opened = sessions.open("a", Optional.empty());
  private final String token = "access_token." + opened.tokens().access().text();

  private String outcome(String... offered) {
    return switch (handshake.check(List.of(offered))) {
      case Handshake.Outcome.Accepted accepted -> accepted.setup().mode().subprotocol();
      case Handshake.Outcome.Refused refused ->
          refused.problem().status() + " " + refused.problem().code();
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"image", "video"})
  void aTokenAndAModeComeInInAnyOrder(String mode) {
    assertEquals(mode, outcome(mode, token));
  }

  @Test
  void theSetupNamesSessionAndMode() {
    Handshake.Outcome.Accepted accepted =
        assertInstanceOf(
            Handshake.Outcome.Accepted.class, handshake.check(List.of(token, "video")));
    assertEquals(opened.session(), accepted.setup().session());
    assertEquals(StreamMode.VIDEO, accepted.setup().mode());
  }

  @Test
  void refusalsSayWhy() {
    assertEquals("401 token-missing", outcome("video"));
    assertEquals("401 token-missing", outcome());
    assertEquals("401 token-wrong", outcome("access_token.x", "video"));
    assertEquals("400 mode-missing", outcome(token));
    assertEquals("400 mode-unknown", outcome(token, "telepathy"));
    assertEquals("400 mode-unknown", outcome(token, "image", "video"));
    assertEquals("501 mode-not-built", outcome(token, "generate"));
    clock.step(Duration.ofMinutes(15));
    assertEquals("401 token-expired", outcome(token, "video"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"image", "video"})
  void aLayerThatNeedsASourceIsRefusedWithoutOne(String mode) {
    opened
        .session()
        .state(new SessionState(Optional.empty(), List.of(new LayerSetting("picture", Map.of()))));
    assertEquals("409 source-required", outcome(token, mode));
  }

  @Test
  void aSecondPublisherIsRefusedUntilTheFirstHasGone() {
    Handshake.Outcome.Accepted first =
        assertInstanceOf(
            Handshake.Outcome.Accepted.class, handshake.check(List.of(token, "video")));
    assertEquals("409 already-publishing", outcome(token, "video"));
    first.setup().claim().release();
    assertEquals("video", outcome(token, "video"));
  }

  @Test
  void aRefusedHandshakeTakesNoPlace() {
    outcome(token);
    assertEquals("video", outcome(token, "video"));
  }
}
