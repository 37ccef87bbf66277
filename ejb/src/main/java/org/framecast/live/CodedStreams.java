package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The streams that come coded from files and programs, as the configuration names them.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class CodedStreams {
  private final List<IvfStream> streams;

  @Inject
  CodedStreams(StreamParts parts) {
    streams =
        parts.config().codedStreams().stream()
            .map(settings -> new IvfStream(settings, parts))
            .toList();
  }

  /** All of them; none runs until somebody watches it. */
  public List<? extends ConfiguredStream> all() {
    return streams;
  }
}
