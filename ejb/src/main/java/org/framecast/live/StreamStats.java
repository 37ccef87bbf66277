package org.framecast.live;

import java.util.List;
import java.util.Map;
import org.framecast.stream.flow.Stage;
import org.framecast.stream.media.Codec;

/**
 * The numbers of one stream over the last second; drops and packets count from its start.
 *
 * @param timeMillis wall clock, milliseconds since 1970
 * @param framesIn taken from the publisher since the start
 * @param framesOut that came through the layers since the start, whether or not anyone watched
 * @param viewers by WebRTC; where a stream is looked up by its name, players over HTTP too
 * @param bitrateBps of the pictures, all encodes together; 0 when nobody watches
 * @param latencies steps that had at least one frame
 * @param encodes those that run now: none when nobody watches
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
    int inFlight,
    List<Encode> encodes) {
  public StreamStats {
    encodes = List.copyOf(encodes);
  }

  /** The same with so many viewers more. */
  StreamStats plusViewers(int more) {
    return new StreamStats(
        timeMillis,
        framesInPerSecond,
        framesOutPerSecond,
        framesIn,
        framesOut,
        viewers + more,
        bitrateBps,
        width,
        height,
        inferenceMillis,
        latencies,
        drops,
        audioPackets,
        inFlight,
        encodes);
  }

  /** Median and 95th percentile of a step. */
  public record Spread(double p50Millis, double p95Millis) {}

  /**
   * One encode of the stream's pictures.
   *
   * @param rung 0 for the full picture
   * @param targetBps what its encoder was opened for
   * @param dropped frames that its encoder was too slow for
   */
  public record Encode(
      Codec codec,
      int rung,
      int width,
      int height,
      int targetBps,
      long bitrateBps,
      double framesPerSecond,
      long dropped) {}

  /** Frames that nobody saw, by the reason. */
  public record Drops(long late, long overflow, long error, long privacy) {}
}
