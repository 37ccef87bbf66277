package org.framecast.auth;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.framecast.config.ServerConfig;
import org.framecast.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who knows the pairing code, where one is required.
 *
 * <p><b>Thread:</b> any.
 */
public final class PairingGate {
  private final ServerConfig.Pairing settings;
  private final SecretHash code;
  private final RateWindow wrongTries;

  public PairingGate(ServerConfig.Pairing settings, InstantSource clock) {
    this.settings = settings;
    this.code = SecretHash.of(settings.code());
    this.wrongTries = new RateWindow(settings.maxWrongPerMinute(), Duration.ofMinutes(1), clock);
  }

  /** Why the bearer of this code stays out, or nothing when it may come in. */
  public Optional<Problem> refusal(@Nullable String offered, String address) {
    if (!settings.required()) {
      return Optional.empty();
    }
    if (offered == null) {
      return Optional.of(
          Problem.of(
              "pairing-required",
              401,
              "A pairing code is required",
              "Open the link with the pairing code that the server printed at its start."));
    }
    if (wrongTries.isFull(address)) {
      return Optional.of(
          Problem.of("pairing-tries", 429, "Too many wrong pairing codes", "Wait a minute.")
              .after(Duration.ofMinutes(1)));
    }
    if (!code.equals(SecretHash.of(offered))) {
      wrongTries.count(address);
      return Optional.of(
          Problem.of(
              "pairing-wrong",
              401,
              "The pairing code is wrong",
              "Compare it with the one that the server printed at its start."));
    }
    return Optional.empty();
  }
}
