package org.framecast.stream.flow;

import java.util.Optional;

/** What a component may use beyond its options: a detector, a pool, the session's source image. */
public interface ComponentContext {
  /** The resource of that type, if there is one. */
  <T> Optional<T> find(Class<T> type);
}
