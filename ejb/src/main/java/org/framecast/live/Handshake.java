package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.framecast.problem.Problem;
import org.framecast.problem.ProblemException;
import org.framecast.session.PublisherClaim;
import org.framecast.session.Session;
import org.framecast.session.SessionProblems;
import org.framecast.session.SessionRegistry;
import org.framecast.session.SessionSetup;
import org.framecast.session.StreamMode;

/**
 * Decides, before a connection opens, whether a publisher may come in.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class Handshake {
  private static final String TOKEN_ITEM = "access_token.";

  private final SessionRegistry sessions;
  private final LayerCatalog layers;
  private final InstantSource clock;

  @Inject
  public Handshake(SessionRegistry sessions, LayerCatalog layers, InstantSource clock) {
    this.sessions = sessions;
    this.layers = layers;
    this.clock = clock;
  }

  /** What a handshake comes to. */
  public sealed interface Outcome {
    /** The place of the publisher is reserved for this connection. */
    record Accepted(SessionSetup setup) implements Outcome {}

    /** The connection does not open. */
    record Refused(Problem problem) implements Outcome {}
  }

  /**
   * @param offered the items of {@code Sec-WebSocket-Protocol}: one with the access token, one with
   *     the mode
   */
  public Outcome check(List<String> offered) {
    try {
      return new Outcome.Accepted(accept(offered));
    } catch (ProblemException refusal) {
      return new Outcome.Refused(refusal.problem());
    }
  }

  private SessionSetup accept(List<String> offered) {
    List<String> tokens =
        offered.stream().filter(item -> item.startsWith(TOKEN_ITEM)).limit(2).toList();
    if (tokens.size() != 1) {
      throw SessionProblems.tokenNotOffered().asException();
    }
    Session session = sessions.authenticate(tokens.getFirst().substring(TOKEN_ITEM.length()));
    StreamMode mode = mode(offered.stream().filter(item -> !item.startsWith(TOKEN_ITEM)).toList());
    return reserve(session, mode);
  }

  /**
   * Takes the place of a session's publisher.
   *
   * @throws ProblemException with 409 when a layer lacks its source, or the place is taken
   */
  public SessionSetup reserve(Session session, StreamMode mode) {
    if (layers.needsSource(session.state()) && session.selectedSource().isEmpty()) {
      throw LiveProblems.sourceRequired().asException();
    }
    PublisherClaim claim =
        session
            .reserve(clock.instant())
            .orElseThrow(() -> LiveProblems.alreadyPublishing().asException());
    return new SessionSetup(session, mode, claim);
  }

  private static StreamMode mode(List<String> offered) {
    if (offered.isEmpty()) {
      throw LiveProblems.modeMissing().asException();
    }
    Optional<StreamMode> mode =
        offered.size() > 1
            ? Optional.empty()
            : Arrays.stream(StreamMode.values())
                .filter(known -> known.subprotocol().equals(offered.getFirst()))
                .findFirst();
    if (mode.isEmpty() && offered.equals(List.of("generate"))) {
      throw LiveProblems.generateNotBuilt().asException();
    }
    return mode.orElseThrow(() -> LiveProblems.modeUnknown().asException());
  }
}
