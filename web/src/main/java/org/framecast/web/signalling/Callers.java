package org.framecast.web.signalling;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Function;
import org.framecast.auth.SignallingRates;
import org.framecast.session.Session;
import org.framecast.session.SessionRegistry;
import org.framecast.web.security.Bearer;

/**
 * Finds out who asks, and whether it asks too often. The address is counted before the token is
 * looked at, so that guessing tokens is limited too.
 *
 * <p>Each method throws a {@link org.framecast.problem.ProblemException} with 429 or 401.
 */
@Singleton
public class Callers {
  private final SessionRegistry sessions;
  private final SignallingRates rates;

  @Inject
  public Callers(SessionRegistry sessions, SignallingRates rates) {
    this.sessions = sessions;
    this.rates = rates;
  }

  /** Of a POST with an offer. */
  public Session offering(HttpServletRequest request) {
    rates.offer(request.getRemoteAddr());
    Session caller = asking(request);
    rates.offer(caller.id());
    return caller;
  }

  /** Of a PATCH, a DELETE, or a POST that opens no peer connection. */
  public Session changing(HttpServletRequest request) {
    rates.change(request.getRemoteAddr());
    return known(request);
  }

  /**
   * Of a DELETE by a token that may have been exchanged since.
   *
   * @param byToken what that token is good for by itself, by its text
   * @param byCaller what is found for the session of a token that is valid
   */
  public <T> T ending(
      HttpServletRequest request,
      Function<String, Optional<T>> byToken,
      Function<Session, T> byCaller) {
    rates.change(request.getRemoteAddr());
    return token(request).flatMap(byToken).orElseGet(() -> byCaller.apply(known(request)));
  }

  private Session known(HttpServletRequest request) {
    Session caller = asking(request);
    rates.change(caller.id());
    return caller;
  }

  /** Of a request that changes nothing. */
  public Session asking(HttpServletRequest request) {
    return sessions.authenticate(token(request).orElse(null));
  }

  /** The token that a request carries, valid or not. */
  public static Optional<String> token(HttpServletRequest request) {
    return Optional.ofNullable(Bearer.token(request.getHeader("Authorization")));
  }
}
