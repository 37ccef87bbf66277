package org.framecast.stream.pipeline;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.Stage;

/**
 * A stream's numbers at one moment.
 *
 * @param fpsIn frames a second that came in, over the last seconds
 * @param fpsOut frames a second that came through all layers, over the last seconds
 * @param videoBps bits a second of coded video, all encodes together, over the last seconds
 * @param framesIn since the start
 * @param framesOut that came through all layers since the start
 * @param audioUnits coded blocks of sound since the start
 * @param latencies over the last seconds, one entry for each stage
 * @param dropped since the start, one entry for each kind
 * @param encodes those that run now
 */
public record StatisticsSnapshot(
    double fpsIn,
    double fpsOut,
    long videoBps,
    long framesIn,
    long framesOut,
    long audioUnits,
    Map<Stage, Percentiles> latencies,
    Map<DropKind, Long> dropped,
    List<EncodeSnapshot> encodes) {
  public StatisticsSnapshot {
    latencies = Map.copyOf(latencies);
    dropped = Map.copyOf(dropped);
    encodes = List.copyOf(encodes);
  }

  public Percentiles latency(Stage stage) {
    return latencies.getOrDefault(stage, Percentiles.NONE);
  }

  public long dropped(DropKind kind) {
    return dropped.getOrDefault(kind, 0L);
  }

  /** The same with what each encode makes. */
  StatisticsSnapshot with(List<EncodeSnapshot> running) {
    return new StatisticsSnapshot(
        fpsIn, fpsOut, videoBps, framesIn, framesOut, audioUnits, latencies, dropped, running);
  }

  /** The same with more drops of one kind. */
  StatisticsSnapshot plusDropped(DropKind kind, long more) {
    Map<DropKind, Long> sum = new EnumMap<>(dropped);
    sum.merge(kind, more, Long::sum);
    return new StatisticsSnapshot(
        fpsIn, fpsOut, videoBps, framesIn, framesOut, audioUnits, latencies, sum, encodes);
  }
}
