package org.framecast.stream.inference;

import java.util.List;

/**
 * How a model session is opened.
 *
 * @param providers where the model may run, best first; the first one that is there is used
 * @param maxRuns how many runs may be open at a time: one for each worker
 */
public record SessionSettings(List<ExecutionProvider> providers, int maxRuns) {
  public SessionSettings {
    providers = List.copyOf(providers);
    if (providers.isEmpty() || maxRuns < 1) {
      throw new IllegalArgumentException("a session with " + providers + " and " + maxRuns);
    }
  }

  /** A session on the CPU. */
  public static SessionSettings cpu(int maxRuns) {
    return new SessionSettings(List.of(ExecutionProvider.CPU), maxRuns);
  }
}
