package org.framecast.stream.flow.brokenrule;

import java.util.List;

/** Streams stay on their thread. */
public final class GoesParallel {
  long count(List<String> list) {
    return list.parallelStream().count();
  }
}
