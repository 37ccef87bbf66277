package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.framecast.problem.ProblemException;
import org.framecast.session.Session;
import org.framecast.session.SessionState;
import org.framecast.session.SourceImage;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.StillImage;
import org.framecast.stream.pipeline.LayerChain;

/**
 * Makes the chain of layers that a session has chosen.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class SessionChains {
  private final LayerCatalog layers;
  private final ComponentContext shared;

  /**
   * @param shared what all streams use together, such as the detector
   */
  @Inject
  public SessionChains(LayerCatalog layers, ComponentContext shared) {
    this.layers = layers;
    this.shared = shared;
  }

  /**
   * The chain of what the session has selected now.
   *
   * @throws ProblemException with 422 when a layer cannot be made so
   */
  LayerChain of(Session session) {
    return of(session, session.state());
  }

  LayerChain of(Session session, SessionState state) {
    Optional<StillImage> source = state.sourceId().flatMap(session::source).map(SourceImage::image);
    try {
      return layers.create(state, new SessionContext(shared, source));
    } catch (MediaException e) {
      throw LayerCatalog.invalid(state, e);
    }
  }

  /** The chain of a configured stream, from what everybody may use. */
  LayerChain ofConfigured(SessionState state) {
    return layers.create(state, shared);
  }

  private record SessionContext(ComponentContext shared, Optional<StillImage> source)
      implements ComponentContext {
    @Override
    public <T> Optional<T> find(Class<T> type) {
      return type == StillImage.class ? source.map(type::cast) : shared.find(type);
    }
  }
}
