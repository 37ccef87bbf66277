package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.framecast.problem.ProblemException;
import org.framecast.session.Session;
import org.framecast.session.SessionState;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.pipeline.LayerChain;

/**
 * Makes the chain of layers that a session has chosen.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class SessionChains {
  private final LayerCatalog layers;
  private final StreamParts parts;
  private final StreamContexts contexts;

  @Inject
  SessionChains(LayerCatalog layers, StreamParts parts, StreamContexts contexts) {
    this.layers = layers;
    this.parts = parts;
    this.contexts = contexts;
  }

  /**
   * The chain of what the session has selected before; another stream that a layer shows may have
   * gone meanwhile.
   *
   * @param pools of the stream that it is for
   * @throws ProblemException with 422 when a layer cannot be made so
   */
  LayerChain of(Session session, StreamPools pools) {
    return made(session.state(), contexts.ofSession(session, session.state(), pools));
  }

  /** The chain of what the session selects. */
  LayerChain of(Session session, SessionState state, StreamPools pools) {
    return made(state, contexts.ofChoice(session, state, pools));
  }

  private LayerChain made(SessionState state, ComponentContext context) {
    try {
      return layers.create(state, context);
    } catch (MediaException e) {
      throw LayerCatalog.invalid(e);
    }
  }

  /** Makes a chain to see whether it can be made; it has no memory to work in. */
  LayerChain tried(Session session, SessionState state) {
    try (StreamPools none = StreamPools.open("tried", parts.config())) {
      return of(session, state, none);
    }
  }

  /** The chain of a configured stream, from what everybody may use. */
  LayerChain ofConfigured(SessionState state) {
    return layers.create(state, contexts.shared());
  }
}
