package org.framecast.stream.pipeline;

/**
 * One sink's numbers at one moment.
 *
 * @param items pictures and blocks of sound that it took
 * @param dropped items that its queue dropped because it was too slow
 * @param faults items that it took and lost by a fault that it goes on after
 */
public record SinkStatistics(String name, State state, long items, long dropped, long faults) {
  /** What has become of a sink. */
  public enum State {
    RUNNING,
    /** It is complete. */
    FINISHED,
    /** It was ended before its source. */
    STOPPED,
    FAILED,
    /**
     * It was given up: it may lose nothing, and kept its stream waiting for longer than allowed.
     * What it took is completed.
     */
    TOO_SLOW
  }

  /** Whether it was given up, for whatever reason. */
  public boolean isFailed() {
    return state == State.FAILED || state == State.TOO_SLOW;
  }
}
