package org.framecast.stream.pipeline;

import java.util.EnumMap;
import java.util.Map;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.Stage;

/**
 * A stream's numbers at one moment.
 *
 * @param fpsIn frames a second that came in, over the last seconds
 * @param fpsOut frames a second that were encoded, over the last seconds
 * @param videoBps bits a second of coded video, over the last seconds
 * @param framesIn since the start
 * @param framesOut since the start
 * @param audioUnits coded blocks of sound since the start
 * @param latencies over the last seconds, one entry for each stage
 * @param dropped since the start, one entry for each kind
 */
public record StatisticsSnapshot(
    double fpsIn,
    double fpsOut,
    long videoBps,
    long framesIn,
    long framesOut,
    long audioUnits,
    Map<Stage, Percentiles> latencies,
    Map<DropKind, Long> dropped) {
  public StatisticsSnapshot {
    latencies = Map.copyOf(latencies);
    dropped = Map.copyOf(dropped);
  }

  public Percentiles latency(Stage stage) {
    return latencies.getOrDefault(stage, Percentiles.NONE);
  }

  public long dropped(DropKind kind) {
    return dropped.getOrDefault(kind, 0L);
  }

  /** The same with more drops of one kind. */
  StatisticsSnapshot plusDropped(DropKind kind, long more) {
    Map<DropKind, Long> sum = new EnumMap<>(dropped);
    sum.merge(kind, more, Long::sum);
    return new StatisticsSnapshot(
        fpsIn, fpsOut, videoBps, framesIn, framesOut, audioUnits, latencies, sum);
  }
}
