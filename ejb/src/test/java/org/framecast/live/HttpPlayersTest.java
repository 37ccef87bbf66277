package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.framecast.config.ServerConfig;
import org.framecast.session.EndReason;
import org.framecast.session.RecordedEvents;
import org.framecast.session.Session;
import org.framecast.session.SessionEnded;
import org.framecast.session.SessionRegistry;
import org.framecast.session.StepClock;
import org.junit.jupiter.api.Test;

class HttpPlayersTest {
  private static final Map<String, String> SETTINGS =
      Map.of("framecast.hls.segment-millis", "1000", "framecast.hls.max-counted-players", "3");

  private final StepClock time = new StepClock();
  private long nanos;
  private final HttpPlayers players =
      new HttpPlayers(
          ServerConfig.read(key -> Optional.ofNullable(SETTINGS.get(key)), Path.of("data")),
          () -> nanos,
          time);

  private void ask(String stream, String session, String address, String agent) {
    players.asked(new HttpPlayers.Reader(stream, session, address, agent));
  }

  private void step(Duration by) {
    nanos += by.toNanos();
    time.step(by);
  }

  @Test
  void whoAsksAgainIsOneAndOthersAreMore() {
    ask("a", "s1", "10.0.0.1", "Player");
    ask("a", "s1", "10.0.0.1", "Player");
    assertEquals(1, players.count("a"));
    ask("a", "s1", "10.0.0.2", "Player");
    ask("b", "s1", "10.0.0.1", "Player");
    assertEquals(2, players.count("a"));
    assertEquals(1, players.count("b"));
    assertEquals(0, players.count("c"));
    List<HttpPlayers.Player> both = players.of("a");
    assertNotEquals(both.getFirst().id(), both.getLast().id());
  }

  @Test
  void whoAsksNoMoreIsGoneAfterFourSegments() {
    ask("a", "s1", "10.0.0.1", "Player");
    step(Duration.ofMillis(2500));
    ask("a", "s2", "10.0.0.1", "Player");
    step(Duration.ofMillis(1499));
    assertEquals(2, players.count("a"));
    step(Duration.ofMillis(1));
    assertEquals(1, players.count("a"), "not asked for since four segments");
    assertEquals("s2", players.of("a").getFirst().reader().session());
    assertEquals(2, players.size());
    players.tick();
    assertEquals(1, players.size(), "nothing is kept of it");
    ask("a", "s2", "10.0.0.1", "Player");
    step(Duration.ofMillis(3999));
    players.tick();
    assertEquals(1, players.count("a"), "it has asked again");
  }

  @Test
  void soManyAreCountedAndNoMore() {
    for (int i = 1; i <= 5; i++) {
      ask("a", "s" + i, "10.0.0.1", "Player");
    }
    assertEquals(3, players.count("a"));
    step(Duration.ofSeconds(4));
    players.tick();
    ask("a", "s4", "10.0.0.1", "Player");
    assertEquals(1, players.count("a"), "there is room again");
  }

  @Test
  void whoseSessionEndsIsGoneAtOnce() {
    Session session =
        new SessionRegistry(
                ServerConfig.read(key -> Optional.empty(), Path.of("data")),
                time,
                new RecordedEvents<>())
            .open("10.0.0.1", Optional.empty())
            .session();
    ask("a", session.id(), "10.0.0.1", "Player");
    ask("a", "another", "10.0.0.1", "Player");
    players.sessionEnded(new SessionEnded(session, EndReason.DELETED));
    assertEquals(1, players.count("a"));
    assertEquals("another", players.of("a").getFirst().reader().session());
  }

  @Test
  void ofALongNameTheBeginningIsKept() {
    ask("a", "s1", "10.0.0.1", "x".repeat(5000));
    assertEquals(200, players.of("a").getFirst().reader().agent().length());
  }
}
