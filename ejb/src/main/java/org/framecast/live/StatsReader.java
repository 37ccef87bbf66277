package org.framecast.live;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.Stage;
import org.framecast.stream.pipeline.EncodeSnapshot;
import org.framecast.stream.pipeline.Percentiles;
import org.framecast.stream.pipeline.StatisticsSnapshot;
import org.framecast.stream.time.WallClock;

/** Turns the library's numbers into those that a publisher and the API are shown. */
final class StatsReader {
  /** How far back rates and latencies look. */
  static final Duration WINDOW = Duration.ofSeconds(2);

  private final WallClock wallClock;

  /** What the library's statistics do not know. */
  record Now(int viewers, int width, int height, int inFlight) {}

  StatsReader(WallClock wallClock) {
    this.wallClock = wallClock;
  }

  private static StreamStats.Encode encode(EncodeSnapshot numbers) {
    return new StreamStats.Encode(
        numbers.rendition().codec(),
        numbers.rendition().rung(),
        numbers.width(),
        numbers.height(),
        numbers.targetBps(),
        numbers.videoBps(),
        numbers.fps(),
        numbers.dropped());
  }

  StreamStats read(StatisticsSnapshot numbers, Now now) {
    Map<Stage, StreamStats.Spread> latencies = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      Percentiles spread = numbers.latency(stage);
      if (spread.count() > 0) {
        latencies.put(stage, new StreamStats.Spread(spread.p50Millis(), spread.p95Millis()));
      }
    }
    return new StreamStats(
        wallClock.instant().toEpochMilli(),
        numbers.fpsIn(),
        numbers.fpsOut(),
        numbers.framesIn(),
        numbers.framesOut(),
        now.viewers(),
        numbers.videoBps(),
        now.width(),
        now.height(),
        numbers.latency(Stage.INFERENCE).p50Millis(),
        latencies,
        new StreamStats.Drops(
            numbers.dropped(DropKind.LATE),
            numbers.dropped(DropKind.OVERFLOW),
            numbers.dropped(DropKind.ERROR),
            numbers.dropped(DropKind.PRIVACY)),
        numbers.audioUnits(),
        now.inFlight(),
        numbers.encodes().stream().map(StatsReader::encode).toList());
  }
}
