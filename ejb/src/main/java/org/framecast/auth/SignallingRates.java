package org.framecast.auth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import org.framecast.config.ServerConfig;
import org.framecast.problem.Problem;

/**
 * How often a caller may offer, and change or end what it has. A caller is counted by its address
 * before its token is looked at, and by its session after that.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class SignallingRates {
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final RateWindow offers;
  private final RateWindow changes;

  @Inject
  public SignallingRates(ServerConfig config, InstantSource clock) {
    this(config.webRtc().signalling(), clock);
  }

  SignallingRates(ServerConfig.Signalling limits, InstantSource clock) {
    offers = new RateWindow(limits.maxOffersPerTenSeconds(), WINDOW, clock);
    changes = new RateWindow(limits.maxChangesPerTenSeconds(), WINDOW, clock);
  }

  /**
   * Counts an offer.
   *
   * @param caller an address or the id of a session
   * @throws org.framecast.problem.ProblemException with 429 when it is one too many
   */
  public void offer(String caller) {
    require(offers, caller);
  }

  /**
   * Counts a PATCH, a DELETE or a subscription.
   *
   * @param caller an address or the id of a session
   * @throws org.framecast.problem.ProblemException with 429 when it is one too many
   */
  public void change(String caller) {
    require(changes, caller);
  }

  private static void require(RateWindow window, String caller) {
    if (!window.count(caller)) {
      throw Problem.of(
              "too-many-requests",
              429,
              "Too many requests",
              "More than this server takes from one caller in ten seconds.")
          .after(window.wait(caller))
          .asException();
    }
  }
}
