package org.framecast.stream.pipeline;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.Stage;
import org.framecast.stream.flow.StageRecorder;
import org.framecast.stream.time.MediaClock;

/**
 * The numbers of one stream: how long each step takes, how many frames come and go, what was
 * dropped. Durations and rates are of the last seconds, counters of the stream's whole life.
 *
 * <p><b>Thread:</b> any. Recording takes no lock and allocates nothing.
 */
public final class StageStatistics implements StageRecorder {
  private static final Stage[] STAGES = Stage.values();
  private static final DropKind[] KINDS = DropKind.values();

  private final MediaClock clock;
  private final long windowNanos;
  private final SampleWindow[] stages = new SampleWindow[STAGES.length];
  private final AtomicLongArray drops = new AtomicLongArray(KINDS.length);
  private final SampleWindow in = new SampleWindow();
  private final SampleWindow out = new SampleWindow();
  private final SampleWindow coded = new SampleWindow();
  private final SampleWindow audio = new SampleWindow();

  /**
   * @param window how far back durations and rates look
   */
  public StageStatistics(MediaClock clock, Duration window) {
    this.clock = clock;
    this.windowNanos = window.toNanos();
    for (int i = 0; i < stages.length; i++) {
      stages[i] = new SampleWindow();
    }
  }

  @Override
  public void record(Stage stage, long nanos) {
    stages[stage.ordinal()].add(clock.nanos(), nanos);
  }

  @Override
  public void dropped(DropKind kind) {
    drops.incrementAndGet(kind.ordinal());
  }

  /** A frame came in. */
  public void frameIn(int bytes) {
    in.add(clock.nanos(), bytes);
  }

  /** A picture came through all layers. */
  public void frameOut() {
    out.add(clock.nanos(), 0);
  }

  /** A picture was coded; once for each encode of it. */
  public void coded(int bytes) {
    coded.add(clock.nanos(), bytes);
  }

  /** A block of sound went out. */
  public void audioOut(int bytes) {
    audio.add(clock.nanos(), bytes);
  }

  /** How many were dropped so far for that reason. */
  public long drops(DropKind kind) {
    return drops.get(kind.ordinal());
  }

  /** The numbers now. */
  public StatisticsSnapshot snapshot() {
    long now = clock.nanos();
    Map<Stage, Percentiles> latencies = new EnumMap<>(Stage.class);
    for (Stage stage : STAGES) {
      latencies.put(stage, stages[stage.ordinal()].percentiles(now, windowNanos));
    }
    Map<DropKind, Long> dropped = new EnumMap<>(DropKind.class);
    for (DropKind kind : KINDS) {
      dropped.put(kind, drops.get(kind.ordinal()));
    }
    return new StatisticsSnapshot(
        in.perSecond(now, windowNanos),
        out.perSecond(now, windowNanos),
        Math.round(8 * coded.sumPerSecond(now, windowNanos)),
        in.count(),
        out.count(),
        audio.count(),
        latencies,
        dropped,
        List.of());
  }
}
