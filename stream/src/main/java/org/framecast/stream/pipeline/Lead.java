package org.framecast.stream.pipeline;

import org.jspecify.annotations.Nullable;

/** Which worker waits for the next item, so that a stop wakes that one and disturbs no other. */
final class Lead {
  private @Nullable Thread leader;
  private boolean stopped;

  /** Makes the caller the leader; false when there is nothing to lead any more. */
  synchronized boolean take() {
    if (stopped) {
      return false;
    }
    leader = Thread.currentThread();
    return true;
  }

  /** Gives up the lead, and clears an interruption that the stop has left. */
  synchronized void leave() {
    leader = null;
    if (stopped) {
      Thread.interrupted();
    }
  }

  /** There is nothing to lead any more; the leader says so itself. */
  synchronized void end() {
    stopped = true;
  }

  /** There is nothing to lead any more; wakes the leader. */
  synchronized void stop() {
    stopped = true;
    if (leader != null) {
      leader.interrupt();
    }
  }
}
