package org.framecast.session;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.framecast.auth.Secret;
import org.framecast.auth.SecretHash;
import org.framecast.config.ServerConfig;
import org.framecast.stream.flow.Closing;
import org.jspecify.annotations.Nullable;

/**
 * All sessions of this server.
 *
 * <p><b>Thread:</b> any. One short lock guards the maps; {@link SessionEnded} is fired after it is
 * released, on the thread that ended the session.
 */
@Singleton
public class SessionRegistry {
  private static final int STREAM_NAME_BYTES = 15;
  private static final int ID_BYTES = 12;

  private final ServerConfig.Sessions limits;
  private final InstantSource clock;
  private final Event<SessionEnded> ended;
  private final Map<SecretHash, Session> byAccess = new HashMap<>();
  private final Map<SecretHash, Session> byRefresh = new HashMap<>();
  private final Map<String, Session> byStream = new HashMap<>();
  private final Map<String, Integer> perAddress = new HashMap<>();

  @Inject
  public SessionRegistry(ServerConfig config, InstantSource clock, Event<SessionEnded> ended) {
    this.limits = config.sessions();
    this.clock = clock;
    this.ended = ended;
  }

  /** A session with its tokens, which nobody can ask for again. */
  public record Opened(Session session, TokenPair tokens) {}

  /**
   * Opens a session whose stream gets a name that nobody can foresee.
   *
   * @see #open(String, Optional, Secret)
   */
  public Opened open(String address, Optional<Duration> askedLife) {
    return open(address, askedLife, Secret.random());
  }

  /**
   * Opens a session.
   *
   * @param address the caller's network address
   * @param askedLife how long the access token shall live; at most the configured life
   * @param streamSecret what the stream's name follows from: the same secret gives the same name
   *     again, in another life of the server too, and the name does not lead back to the secret
   * @throws org.framecast.problem.ProblemException when a limit is reached, or a session with that
   *     name lives
   */
  public Opened open(String address, Optional<Duration> askedLife, Secret streamSecret) {
    TokenPair pair = newPair(askedLife);
    String stream = "s-" + streamSecret.hash().name(STREAM_NAME_BYTES);
    synchronized (this) {
      if (byStream.containsKey(stream)) {
        throw SessionProblems.streamTaken().asException();
      }
      int ofAddress = perAddress.getOrDefault(address, 0);
      if (ofAddress >= limits.maxPerAddress()) {
        throw SessionProblems.tooManyOfAddress().asException();
      }
      if (byStream.size() >= limits.max()) {
        throw SessionProblems.tooMany().asException();
      }
      Session session = new Session(Secret.randomText(ID_BYTES), stream, address, hashes(pair));
      perAddress.put(address, ofAddress + 1);
      byStream.put(session.stream(), session);
      index(session);
      return new Opened(session, pair);
    }
  }

  /**
   * The session whose access token this is.
   *
   * @throws org.framecast.problem.ProblemException with 401 for no token, a wrong one and an
   *     expired one, each with its own type
   */
  public Session authenticate(@Nullable String accessToken) {
    if (accessToken == null || accessToken.isEmpty()) {
      throw SessionProblems.tokenMissing().asException();
    }
    Session session;
    synchronized (this) {
      SecretHash hash = SecretHash.of(accessToken);
      session = byAccess.get(hash);
      if (session == null && byRefresh.containsKey(hash)) {
        throw SessionProblems.refreshHere().asException();
      }
    }
    if (session == null) {
      throw SessionProblems.tokenWrong().asException();
    }
    if (!clock.instant().isBefore(session.accessExpires())) {
      throw SessionProblems.tokenExpired().asException();
    }
    return session;
  }

  /**
   * Exchanges a refresh token for a new pair; the old pair is void from now on.
   *
   * @throws org.framecast.problem.ProblemException with 401
   */
  public Opened refresh(@Nullable String refreshToken) {
    if (refreshToken == null || refreshToken.isEmpty()) {
      throw SessionProblems.tokenMissing().asException();
    }
    TokenPair pair = newPair(Optional.empty());
    synchronized (this) {
      SecretHash hash = SecretHash.of(refreshToken);
      Session session = byRefresh.get(hash);
      if (session == null && byAccess.containsKey(hash)) {
        throw SessionProblems.accessHere().asException();
      }
      if (session == null) {
        throw SessionProblems.tokenWrong().asException();
      }
      if (!clock.instant().isBefore(session.tokens().refreshExpires())) {
        throw SessionProblems.tokenExpired().asException();
      }
      unindex(session);
      session.tokens(hashes(pair));
      index(session);
      return new Opened(session, pair);
    }
  }

  /** The session that publishes under this name. */
  public synchronized Optional<Session> byStream(String stream) {
    return Optional.ofNullable(byStream.get(stream));
  }

  /** Ends a session; everything that moves media for it hears of it before this returns. */
  public void end(Session session, EndReason reason) {
    synchronized (this) {
      if (!byStream.remove(session.stream(), session)) {
        return;
      }
      unindex(session);
      perAddress.computeIfPresent(session.address(), (a, n) -> n > 1 ? n - 1 : null);
    }
    session.markEnded();
    ended.fire(new SessionEnded(session, reason));
  }

  /** Ends what has expired; called every second. */
  public void sweep() {
    Instant now = clock.instant();
    List<Runnable> steps = new ArrayList<>();
    synchronized (this) {
      for (Session session : byStream.values()) {
        if (!now.isBefore(session.tokens().refreshExpires())) {
          steps.add(() -> end(session, EndReason.EXPIRED));
        } else if (session.tellAccessExpiry(now)) {
          steps.add(() -> expire(session));
        }
      }
    }
    // One session that cannot be ended cleanly must not save the others.
    Closing.each(steps, Runnable::run);
  }

  /** A session that got new tokens since it was seen keeps its media. */
  private void expire(Session session) {
    if (!session.hasRights() && !session.isEnded()) {
      ended.fire(new SessionEnded(session, EndReason.ACCESS_EXPIRED));
    }
  }

  /** Ends every session. */
  public void endAll() {
    List<Session> all;
    synchronized (this) {
      all = List.copyOf(byStream.values());
    }
    Closing.each(all, session -> end(session, EndReason.SHUTDOWN));
  }

  public synchronized int size() {
    return byStream.size();
  }

  private TokenPair newPair(Optional<Duration> askedLife) {
    Duration life = limits.accessLife();
    Duration asked = askedLife.orElse(life);
    return new TokenPair(
        Secret.random(), Secret.random(), asked.compareTo(life) < 0 ? asked : life);
  }

  private Session.Tokens hashes(TokenPair pair) {
    Instant now = clock.instant();
    Instant accessExpires = now.plus(pair.accessLife());
    Instant refreshExpires = now.plus(limits.refreshLife());
    return new Session.Tokens(
        pair.access().hash(),
        pair.refresh().hash(),
        accessExpires,
        refreshExpires.isBefore(accessExpires) ? accessExpires : refreshExpires);
  }

  private void index(Session session) {
    byAccess.put(session.tokens().access(), session);
    byRefresh.put(session.tokens().refresh(), session);
  }

  private void unindex(Session session) {
    byAccess.remove(session.tokens().access());
    byRefresh.remove(session.tokens().refresh());
  }
}
