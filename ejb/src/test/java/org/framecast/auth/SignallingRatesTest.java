package org.framecast.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.framecast.config.ServerConfig;
import org.framecast.problem.Problem;
import org.framecast.problem.ProblemException;
import org.framecast.session.StepClock;
import org.junit.jupiter.api.Test;

class SignallingRatesTest {
  private final StepClock clock = new StepClock();
  private final SignallingRates rates =
      new SignallingRates(new ServerConfig.Signalling(10, 10, 3, 2, 4), clock);

  @Test
  void oneOfferTooManyIsRefusedUntilTheTimeThatIsNamed() {
    for (int i = 0; i < 3; i++) {
      rates.offer("a");
      clock.step(Duration.ofSeconds(1));
    }
    Problem refusal = assertThrows(ProblemException.class, () -> rates.offer("a")).problem();
    assertEquals(429, refusal.status());
    rates.offer("b");
    rates.change("a");
    clock.step(refusal.retryAfter().orElseThrow().plusMillis(1));
    rates.offer("a");
  }

  @Test
  void changesHaveALimitOfTheirOwn() {
    rates.change("a");
    rates.change("a");
    assertThrows(ProblemException.class, () -> rates.change("a"));
    clock.step(Duration.ofSeconds(11));
    rates.change("a");
  }
}
