package org.framecast.stream.pipeline;

import java.time.Duration;

/**
 * The size of a {@link FrameProcessor}.
 *
 * @param name in thread names and messages
 * @param workers threads that work at the same time
 * @param maxInFlight frames between acceptance and hand-over at a time, not fewer than the workers
 * @param lateAfter from acceptance; a result that is later is dropped. Zero for never
 */
public record ProcessorSettings(String name, int workers, int maxInFlight, Duration lateAfter) {
  /** Frames in flight when nothing else is said. */
  public static final int DEFAULT_IN_FLIGHT = 4;

  public ProcessorSettings {
    if (workers < 1 || maxInFlight < workers || lateAfter.isNegative()) {
      throw new IllegalArgumentException(
          workers + " workers, " + maxInFlight + " in flight, late after " + lateAfter);
    }
  }

  /** Without a deadline. */
  public static ProcessorSettings of(String name, int workers, int maxInFlight) {
    return new ProcessorSettings(name, workers, maxInFlight, Duration.ZERO);
  }
}
