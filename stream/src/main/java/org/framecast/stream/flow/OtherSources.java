package org.framecast.stream.flow;

/**
 * Which sources there are beside a stream's own, for whoever chooses one of them. Where the context
 * of a component has none, any name may be chosen.
 */
@FunctionalInterface
public interface OtherSources {
  /**
   * Whether there is one of that name, running or not.
   *
   * <p><b>Thread:</b> any.
   */
  boolean has(String name);
}
