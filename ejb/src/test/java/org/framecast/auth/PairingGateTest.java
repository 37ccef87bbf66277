package org.framecast.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.framecast.config.ServerConfig;
import org.framecast.problem.Problem;
import org.framecast.session.StepClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PairingGateTest {
  private final StepClock clock = new StepClock();
  private final PairingGate gate =
      new PairingGate(new ServerConfig.Pairing(true, "GOODCODE22", 5), clock);

  private String codeOf(@Nullable String offered, String address) {
    return gate.refusal(offered, address).map(Problem::code).orElse("in");
  }

  @Test
  void withoutPairingEverybodyComesIn() {
    PairingGate open = new PairingGate(new ServerConfig.Pairing(false, "", 5), clock);
    assertTrue(open.refusal(null, "a").isEmpty());
  }

  @Test
  void theCodeOpens() {
    assertEquals("pairing-required", codeOf(null, "a"));
    assertEquals("pairing-wrong", codeOf("BADCODE222", "a"));
    assertEquals("in", codeOf("GOODCODE22", "a"));
  }

  @Test
  void afterFiveWrongTriesEvenTheRightCodeWaitsAMinute() {
    for (int i = 0; i < 5; i++) {
      assertEquals("pairing-wrong", codeOf("BADCODE222", "a"));
    }
    assertEquals("pairing-tries", codeOf("GOODCODE22", "a"));
    assertEquals("in", codeOf("GOODCODE22", "b"));
    clock.step(Duration.ofSeconds(61));
    assertEquals("in", codeOf("GOODCODE22", "a"));
  }

  @Test
  void hashesAreEqualForEqualSecretsAlone() {
    Secret secret = Secret.random();
    assertEquals(secret.hash(), SecretHash.of(secret.text()));
    assertFalse(secret.hash().equals(Secret.random().hash()));
    assertEquals(43, secret.text().length());
  }
}
