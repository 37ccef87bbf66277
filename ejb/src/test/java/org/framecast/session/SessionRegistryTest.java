package org.framecast.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.framecast.auth.Secret;
import org.framecast.config.ServerConfig;
import org.framecast.problem.ProblemException;
import org.framecast.stream.media.StillImage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionRegistryTest {
  private final StepClock clock = new StepClock();
  private final RecordedEvents<SessionEnded> events = new RecordedEvents<>();
  private final SessionRegistry registry = new SessionRegistry(config(), clock, events);

  private static ServerConfig config() {
    Map<String, String> given =
        Map.of(
            "framecast.session.max-per-address", "2",
            "framecast.session.max", "3",
            "framecast.session.refresh-seconds", "3600");
    return ServerConfig.read(key -> Optional.ofNullable(given.get(key)), Path.of("data"));
  }

  private SessionRegistry.Opened open(String address) {
    return registry.open(address, Optional.empty());
  }

  private String codeOf(@Nullable String token) {
    return assertThrows(ProblemException.class, () -> registry.authenticate(token))
        .problem()
        .code();
  }

  @Test
  void theAccessTokenOpensItsSessionAndNoOther() {
    SessionRegistry.Opened one = open("a");
    SessionRegistry.Opened two = open("b");
    assertSame(one.session(), registry.authenticate(one.tokens().access().text()));
    assertSame(two.session(), registry.authenticate(two.tokens().access().text()));
    assertNotEquals(one.session().stream(), two.session().stream());
  }

  @Test
  void theSameSecretGivesTheSameNameWhenNoSessionHasIt() {
    Secret secret = Secret.random();
    SessionRegistry.Opened first = registry.open("a", Optional.empty(), secret);
    String name = first.session().stream();
    assertEquals(
        "stream-taken",
        assertThrows(ProblemException.class, () -> registry.open("b", Optional.empty(), secret))
            .problem()
            .code());
    assertSame(first.session(), registry.authenticate(first.tokens().access().text()));
    assertNotEquals(name, registry.open("b", Optional.empty(), Secret.random()).session().stream());
    registry.end(first.session(), EndReason.DELETED);
    assertEquals(name, registry.open("c", Optional.empty(), secret).session().stream());

    SessionRegistry afterARestart = new SessionRegistry(config(), clock, events);
    assertEquals(name, afterARestart.open("a", Optional.empty(), secret).session().stream());
  }

  @Test
  void theNameGivesAwayLessThanHalfOfTheHashAndNothingOfTheSecret() {
    Secret secret = Secret.random();
    String name = registry.open("a", Optional.empty(), secret).session().stream();
    assertEquals("s-".length() + 20, name.length());
    assertFalse(name.contains(secret.text().substring(0, 6)), name);
    assertEquals("token-wrong", codeOf(secret.text()));
  }

  @Test
  void noTokenAWrongOneAndAnExpiredOneAreToldApart() {
    SessionRegistry.Opened opened = open("a");
    clock.step(Duration.ofMinutes(15));
    assertEquals("token-missing", codeOf(null));
    assertEquals("token-wrong", codeOf("nonsense"));
    assertEquals("token-expired", codeOf(opened.tokens().access().text()));
    assertEquals("token-wrong", codeOf(opened.tokens().refresh().text()));
  }

  @Test
  void aRefreshMakesBothOldTokensVoid() {
    SessionRegistry.Opened opened = open("a");
    SessionRegistry.Opened renewed = registry.refresh(opened.tokens().refresh().text());
    assertSame(opened.session(), renewed.session());
    assertSame(opened.session(), registry.authenticate(renewed.tokens().access().text()));
    assertEquals("token-wrong", codeOf(opened.tokens().access().text()));
    assertThrows(ProblemException.class, () -> registry.refresh(opened.tokens().refresh().text()));
  }

  @Test
  void anAddressHasALimitAndTheServerToo() {
    open("a");
    SessionRegistry.Opened second = open("a");
    assertEquals(429, assertThrows(ProblemException.class, () -> open("a")).problem().status());
    open("b");
    assertEquals(429, assertThrows(ProblemException.class, () -> open("c")).problem().status());
    registry.end(second.session(), EndReason.DELETED);
    open("c");
  }

  @Test
  void theEndIsToldOnceAndFreesEverything() {
    SessionRegistry.Opened opened = open("a");
    registry.end(opened.session(), EndReason.DELETED);
    registry.end(opened.session(), EndReason.DELETED);
    assertEquals(List.of(new SessionEnded(opened.session(), EndReason.DELETED)), events.fired());
    assertTrue(opened.session().isEnded());
    assertEquals(0, registry.size());
    assertEquals("token-wrong", codeOf(opened.tokens().access().text()));
  }

  @Test
  void theSweepTellsOfAnExpiredAccessTokenOnceAndEndsAnExpiredSession() {
    SessionRegistry.Opened opened = open("a");
    clock.step(Duration.ofMinutes(16));
    registry.sweep();
    registry.sweep();
    assertEquals(
        List.of(new SessionEnded(opened.session(), EndReason.ACCESS_EXPIRED)), events.fired());
    assertFalse(opened.session().isEnded());
    clock.step(Duration.ofHours(1));
    registry.sweep();
    assertEquals(EndReason.EXPIRED, events.fired().getLast().reason());
    assertEquals(0, registry.size());
  }

  @Test
  void aRefreshedSessionIsNotToldExpired() {
    SessionRegistry.Opened opened = open("a");
    clock.step(Duration.ofMinutes(14));
    registry.refresh(opened.tokens().refresh().text());
    clock.step(Duration.ofMinutes(14));
    registry.sweep();
    assertEquals(List.of(), events.fired());
  }

  /** The first one that is told takes so long that the second gets new tokens meanwhile. */
  @Test
  void aSessionThatIsRefreshedDuringTheSweepKeepsItsMedia() {
    List<SessionRegistry.Opened> both = List.of(open("a"), open("b"));
    clock.step(Duration.ofMinutes(16));
    events.whenFired(
        () ->
            both.stream()
                .filter(it -> events.fired().getFirst().session() != it.session())
                .forEach(it -> registry.refresh(it.tokens().refresh().text())));
    registry.sweep();
    assertEquals(1, events.fired().size(), () -> events.fired().toString());
  }

  @Test
  void aCallerMayAskForAShorterLifeButNotForALongerOne() {
    Duration two = registry.open("a", Optional.of(Duration.ofSeconds(2))).tokens().accessLife();
    Duration day = registry.open("a", Optional.of(Duration.ofDays(1))).tokens().accessLife();
    assertEquals(Duration.ofSeconds(2), two);
    assertEquals(Duration.ofMinutes(15), day);
  }

  @Test
  void thereIsOnePlaceForAPublisher() {
    Session session = open("a").session();
    PublisherClaim first = session.reserve(clock.instant()).orElseThrow();
    assertTrue(session.reserve(clock.instant()).isEmpty());
    assertTrue(first.confirm());
    clock.step(Duration.ofMinutes(1));
    assertTrue(session.reserve(clock.instant()).isEmpty(), "a confirmed claim does not lapse");
    first.release();
    assertTrue(session.reserve(clock.instant()).isPresent());
  }

  @Test
  void aReservationThatNobodyConfirmsLapses() {
    Session session = open("a").session();
    PublisherClaim first = session.reserve(clock.instant()).orElseThrow();
    clock.step(Duration.ofSeconds(11));
    PublisherClaim second = session.reserve(clock.instant()).orElseThrow();
    assertFalse(first.confirm());
    first.release();
    assertTrue(second.confirm());
  }

  @Test
  void mediaMayFlowWhileTheAccessTokenLives() {
    SessionRegistry.Opened opened = open("a");
    Session session = opened.session();
    assertTrue(session.hasRights());
    clock.step(Duration.ofMinutes(15));
    registry.sweep();
    assertFalse(session.hasRights());
    registry.refresh(opened.tokens().refresh().text());
    assertTrue(session.hasRights());
    registry.end(session, EndReason.DELETED);
    assertFalse(session.hasRights());
  }

  @Test
  void noMoreSourcesAreKeptThanMayBeHoweverManyComeAtOnce() throws Exception {
    Session session = open("a").session();
    int uploads = 64;
    CyclicBarrier together = new CyclicBarrier(uploads);
    List<Callable<Boolean>> adding =
        IntStream.range(0, uploads)
            .<Callable<Boolean>>mapToObj(
                i ->
                    () -> {
                      together.await();
                      return session.addSource(source("image-" + i), 4);
                    })
            .toList();
    int kept = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(uploads)) {
      for (Future<Boolean> one : threads.invokeAll(adding)) {
        kept += one.get() ? 1 : 0;
      }
    }
    assertEquals(4, kept);
    assertEquals(4, session.sources().size());
    registry.end(session, EndReason.DELETED);
    assertFalse(session.addSource(source("late"), 4), "an ended session keeps nothing");
    assertEquals(0, session.sources().size());
  }

  private static SourceImage source(String id) {
    return new SourceImage(id, 1, 1, "image/png", new StillImage(1, 1, new int[1]));
  }

  @Test
  void noSecretIsInAnyText() {
    SessionRegistry.Opened opened = open("a");
    assertFalse(opened.toString().contains(opened.tokens().access().text()));
    assertFalse(opened.toString().contains(opened.tokens().refresh().text()));
  }
}
