package org.framecast.live;

import java.util.Map;
import org.framecast.stream.flow.Stage;

/**
 * The numbers of one stream over the last second; drops and packets count from its start.
 *
 * @param timeMillis wall clock, milliseconds since 1970
 * @param framesIn taken from the publisher since the start
 * @param framesOut encoded since the start
 * @param latencies steps that had at least one frame
 */
public record StreamStats(
    long timeMillis,
    double framesInPerSecond,
    double framesOutPerSecond,
    long framesIn,
    long framesOut,
    int viewers,
    long bitrateBps,
    int width,
    int height,
    double inferenceMillis,
    Map<Stage, Spread> latencies,
    Drops drops,
    long audioPackets,
    int inFlight) {

  /** Median and 95th percentile of a step. */
  public record Spread(double p50Millis, double p95Millis) {}

  /** Frames that nobody saw, by the reason. */
  public record Drops(long late, long overflow, long error, long privacy) {}
}
