package org.framecast.web.body;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.framecast.config.ServerConfig;
import org.framecast.problem.Problem;
import org.junit.jupiter.api.Test;

class BodyPlacesTest {
  private final BodyPlaces places =
      new BodyPlaces(new ServerConfig.Bodies(Duration.ofSeconds(10), 3, 2, 100));

  private static int status(Optional<Problem> refusal) {
    return refusal.map(Problem::status).orElse(0);
  }

  @Test
  void anAddressHasItsShareAndTheServerItsEnd() {
    assertEquals(0, status(places.take("a")));
    assertEquals(0, status(places.take("a")));
    assertEquals(429, status(places.take("a")));
    assertEquals(0, status(places.take("b")));
    assertEquals(503, status(places.take("b")));
    places.release("a", 0);
    assertEquals(0, status(places.take("a")));
    assertEquals(Optional.of(Duration.ofSeconds(5)), places.take("c").orElseThrow().retryAfter());
  }

  @Test
  void bytesAreCountedUntilThePlaceIsGivenBack() {
    places.take("a");
    assertEquals(0, status(places.hold(100)));
    assertEquals(503, status(places.hold(1)));
    places.release("a", 100);
    assertEquals(0, places.heldBytes());
    assertEquals(0, places.taken());
    assertEquals(0, status(places.hold(100)));
  }
}
