package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.framecast.session.Session;
import org.framecast.session.SessionState;
import org.framecast.stream.pipeline.LayerChain;

/**
 * Changes what a session has selected; a live stream takes it from the next frame on.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class StateChange {
  private final LayerCatalog layers;
  private final LiveStreams streams;
  private final SessionChains chains;

  @Inject
  public StateChange(LayerCatalog layers, LiveStreams streams, SessionChains chains) {
    this.layers = layers;
    this.streams = streams;
    this.chains = chains;
  }

  /**
   * @return the state that holds now, with the defaults of what was not said
   * @throws org.framecast.problem.ProblemException with 422 for a state that cannot be, with 409
   *     for one that lacks the source which a live stream needs
   */
  public SessionState apply(Session session, SessionState asked) {
    SessionState wanted = layers.check(asked);
    wanted
        .sourceId()
        .ifPresent(
            id -> {
              if (session.source(id).isEmpty()) {
                throw LayerCatalog.invalid("/source", "The session has no source of that id.");
              }
            });
    // Stored and applied as one, so that no stream runs other layers than the session says.
    synchronized (session) {
      if (layers.needsSource(wanted) && wanted.sourceId().isEmpty()) {
        if (streams.isLive(session.stream())) {
          throw LiveProblems.sourceRequired().asException();
        }
        session.state(wanted);
      } else {
        LayerChain chain =
            streams
                .pools(session)
                .map(pools -> chains.of(session, wanted, pools))
                .orElseGet(() -> chains.tried(session, wanted));
        session.state(wanted);
        streams.chain(session, chain);
      }
    }
    return wanted;
  }
}
