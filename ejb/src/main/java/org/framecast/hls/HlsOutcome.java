package org.framecast.hls;

import org.framecast.problem.Problem;
import org.framecast.stream.sink.HlsStore;

/** What a viewer's question gives. */
public sealed interface HlsOutcome {
  /** It is there. */
  record Found(HlsStore.Content content) implements HlsOutcome {}

  /** It is not, or not for this viewer. */
  record Refused(Problem problem) implements HlsOutcome {}
}
