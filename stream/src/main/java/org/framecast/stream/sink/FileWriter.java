package org.framecast.stream.sink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.framecast.stream.codec.Muxer;
import org.framecast.stream.codec.TrackFormat;
import org.framecast.stream.codec.TrackUnit;
import org.framecast.stream.media.MediaException;
import org.jspecify.annotations.Nullable;

/**
 * Brings the units of a file's tracks in the order of their times, says where the file's time
 * begins, and has the file in a readable state once a second.
 *
 * <p>A file is begun when every track has its first unit, because the first unit of some codecs
 * says what the file's header needs. A track that stays empty holds the others up for ten seconds
 * of their time, no longer.
 *
 * <p><b>Thread:</b> its sink's.
 *
 * <p><b>Ownership:</b> holds the units that wait; owns the muxer.
 */
final class FileWriter implements AutoCloseable {
  /** How much of the others may wait for a track's first unit. */
  static final long FIRST_UNIT_NANOS = 10_000_000_000L;

  /** How much of the others may wait for a track's next unit. */
  private static final long NEXT_UNIT_NANOS = 1_000_000_000L;

  private static final long FRAGMENT_NANOS = 1_000_000_000L;

  /**
   * What becomes one track.
   *
   * @param delayNanos from a unit's time to that of what is shown or heard
   * @param format what the track says of itself, by its first unit
   */
  record Plan(long delayNanos, Function<TrackUnit, TrackFormat> format) {}

  private static final class Lane {
    final Plan plan;
    final Deque<TrackUnit> waiting = new ArrayDeque<>();
    long newestNanos = Long.MIN_VALUE;
    int track = -1;

    Lane(Plan plan) {
      this.plan = plan;
    }
  }

  private final List<Lane> lanes;
  private final Function<List<TrackFormat>, Muxer> opener;
  private @Nullable Muxer muxer;
  private long originNanos;
  private long flushedNanos;

  /**
   * @param opener begins the file
   */
  FileWriter(List<Plan> plans, Function<List<TrackFormat>, Muxer> opener) {
    this.lanes = plans.stream().map(Lane::new).toList();
    this.opener = opener;
  }

  /** Takes a unit, which is lent. */
  void add(int lane, TrackUnit unit) {
    Lane its = lanes.get(lane);
    if (muxer != null && its.track < 0) {
      throw new MediaException(
          MediaException.Code.SINK_FAILED,
          "a track began more than "
              + FIRST_UNIT_NANOS / 1_000_000_000L
              + " s after the others: the file was begun without it");
    }
    its.waiting.add(unit.hold());
    its.newestNanos = unit.ptsNanos();
    if (muxer == null && (allBegun() || span() > FIRST_UNIT_NANOS)) {
      open();
    }
    while (muxer != null && writeNext()) {
      // Until all that is left must wait.
    }
  }

  private boolean allBegun() {
    return lanes.stream().noneMatch(lane -> lane.waiting.isEmpty());
  }

  /** From the oldest unit that waits to the newest. */
  private long span() {
    long oldest = Long.MAX_VALUE;
    long newest = Long.MIN_VALUE;
    for (Lane lane : lanes) {
      TrackUnit first = lane.waiting.peek();
      if (first != null) {
        oldest = Math.min(oldest, first.ptsNanos());
        newest = Math.max(newest, lane.newestNanos);
      }
    }
    return newest == Long.MIN_VALUE ? 0 : newest - oldest;
  }

  private void open() {
    List<TrackFormat> formats = new ArrayList<>();
    originNanos = Long.MAX_VALUE;
    for (Lane lane : lanes) {
      TrackUnit first = lane.waiting.peek();
      if (first != null) {
        lane.track = formats.size();
        formats.add(lane.plan.format().apply(first));
        originNanos = Math.min(originNanos, first.ptsNanos() + lane.plan.delayNanos());
      }
    }
    muxer = opener.apply(formats);
  }

  /** Writes the unit that nothing can come before any more, once the next says how long it is. */
  private boolean writeNext() {
    Lane first = first(1);
    if (first != null && first.waiting.size() < 2 || someWait()) {
      first = span() > NEXT_UNIT_NANOS ? first(2) : null;
    }
    if (first == null) {
      return false;
    }
    TrackUnit unit = first.waiting.remove();
    write(first, unit, head(first) - unit.ptsNanos());
    return true;
  }

  private boolean someWait() {
    return lanes.stream().anyMatch(lane -> lane.track >= 0 && lane.waiting.isEmpty());
  }

  /** The lane whose next unit is the earliest, of those with so many. */
  private @Nullable Lane first(int atLeast) {
    Lane first = null;
    for (Lane lane : lanes) {
      if (lane.waiting.size() >= atLeast && (first == null || head(lane) < head(first))) {
        first = lane;
      }
    }
    return first;
  }

  private static long head(Lane lane) {
    return lane.waiting.element().ptsNanos();
  }

  private void write(Lane lane, TrackUnit unit, long durationNanos) {
    Muxer open = opened();
    try (unit) {
      long nanos = unit.ptsNanos() - originNanos;
      if (nanos - flushedNanos >= FRAGMENT_NANOS) {
        open.flush();
        flushedNanos = nanos;
      }
      open.write(lane.track, unit.at(nanos, durationNanos));
    }
  }

  private Muxer opened() {
    Muxer open = muxer;
    if (open == null) {
      throw new IllegalStateException("the file is not begun");
    }
    return open;
  }

  /** Completes the file. */
  void finish() {
    if (muxer == null) {
      if (span() == 0 && lanes.stream().allMatch(lane -> lane.waiting.isEmpty())) {
        throw new MediaException(
            MediaException.Code.SINK_FAILED, "the stream ended before anything came to write");
      }
      open();
    }
    for (Lane lane = first(1); lane != null; lane = first(1)) {
      TrackUnit unit = lane.waiting.remove();
      TrackUnit next = lane.waiting.peek();
      write(lane, unit, next == null ? unit.durationNanos() : next.ptsNanos() - unit.ptsNanos());
    }
    opened().finish();
  }

  /** Without {@link #finish}, the file ends with what was flushed. Idempotent. */
  @Override
  public void close() {
    for (Lane lane : lanes) {
      lane.waiting.forEach(TrackUnit::close);
      lane.waiting.clear();
    }
    Muxer open = muxer;
    if (open != null) {
      open.close();
    }
  }
}
