package org.framecast.stream.time;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.framecast.stream.media.TimestampedFrame;
import org.jspecify.annotations.Nullable;

/**
 * Puts the frames of several sources together that are of one moment.
 *
 * <p>Of each source the frame is taken that is nearest to the latest of the first frames that wait;
 * a frame is nearest only once a later one has come, so that the answer waits for about one period
 * of the slowest source. A frame that can belong to no moment any more is closed and counted, and
 * so is the oldest of a source whose buffer is full.
 *
 * <p><b>Thread:</b> any number offer, one takes.
 *
 * <p><b>Ownership:</b> {@link #offer} moves the frame in any case. What is taken is the taker's;
 * closing closes what waits.
 */
public final class MultiStreamSynchronizer implements AutoCloseable {
  private final List<String> sources;
  private final SyncSettings settings;
  private final long maxOffsetNanos;
  private final List<Lane> lanes = new ArrayList<>();
  private boolean closed;
  private long dropped;

  /** The frames of one source that wait. */
  private static final class Lane {
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private long lastNanos = Long.MIN_VALUE;
    private boolean finished;

    long headNanos() {
      return waiting.getFirst().nanos();
    }
  }

  private record Waiting(TimestampedFrame frame, long nanos) {}

  /**
   * @param sources what each is called; at least one, and no two alike
   */
  public MultiStreamSynchronizer(List<String> sources, SyncSettings settings) {
    if (sources.isEmpty() || sources.stream().distinct().count() != sources.size()) {
      throw new IllegalArgumentException("sources " + sources);
    }
    this.sources = List.copyOf(sources);
    this.settings = settings;
    this.maxOffsetNanos = settings.maxOffset().toNanos();
    sources.forEach(source -> lanes.add(new Lane()));
  }

  /**
   * Takes the next frame of a source, in the order of its times; one that is not later than the one
   * before is dropped.
   */
  public void offer(String source, TimestampedFrame frame) {
    int index = sources.indexOf(source);
    OptionalLong nanos = timeOf(frame);
    TimestampedFrame victim = null;
    synchronized (this) {
      if (index < 0 || closed || nanos.isEmpty() || isLate(index, nanos.getAsLong())) {
        victim = frame;
      } else {
        Lane lane = lanes.get(index);
        if (lane.waiting.size() == settings.buffer()) {
          victim = lane.waiting.removeFirst().frame();
        }
        lane.lastNanos = nanos.getAsLong();
        lane.waiting.addLast(new Waiting(frame, nanos.getAsLong()));
        notifyAll();
      }
      dropped += victim == null ? 0 : 1;
    }
    if (victim != null) {
      victim.close();
    }
    if (index < 0) {
      throw new IllegalArgumentException("no source is called " + source);
    }
  }

  private boolean isLate(int index, long nanos) {
    Lane lane = lanes.get(index);
    return lane.finished || nanos <= lane.lastNanos && lane.lastNanos != Long.MIN_VALUE;
  }

  private OptionalLong timeOf(TimestampedFrame frame) {
    return switch (settings.time()) {
      case CAPTURE -> OptionalLong.of(frame.captureNanos());
      case PTP -> frame.ptpNanos();
    };
  }

  /** Says that no more frames of that source will come. */
  public synchronized void finish(String source) {
    lanes.get(sources.indexOf(source)).finished = true;
    notifyAll();
  }

  /** The frames of the next moment, if they are there. */
  public @Nullable SyncedFrame poll() {
    List<TimestampedFrame> victims = new ArrayList<>();
    try {
      synchronized (this) {
        return align(victims);
      }
    } finally {
      victims.forEach(TimestampedFrame::close);
    }
  }

  /**
   * Waits for the frames of the next moment.
   *
   * @return null after the close, and when a source has finished without frames for another moment
   */
  public @Nullable SyncedFrame next() throws InterruptedException {
    List<TimestampedFrame> victims = new ArrayList<>();
    try {
      synchronized (this) {
        SyncedFrame found = align(victims);
        while (found == null && !isOver()) {
          wait();
          found = align(victims);
        }
        return found;
      }
    } finally {
      victims.forEach(TimestampedFrame::close);
    }
  }

  private boolean isOver() {
    return closed || lanes.stream().anyMatch(lane -> lane.finished && lane.waiting.isEmpty());
  }

  /** Drops what cannot be matched any more until a set is found or more must come. */
  private @Nullable SyncedFrame align(List<TimestampedFrame> victims) {
    while (lanes.stream().noneMatch(lane -> lane.waiting.isEmpty())) {
      long pivot = lanes.stream().mapToLong(Lane::headNanos).max().orElseThrow();
      int before = victims.size();
      boolean decided = true;
      for (Lane lane : lanes) {
        decided &= approach(lane, pivot, victims);
      }
      dropped += victims.size() - before;
      if (victims.size() > before) {
        continue;
      }
      return decided ? take(pivot) : null;
    }
    return null;
  }

  /**
   * Drops the frames of a source before the one nearest to the pivot, or all that are too far from
   * it.
   *
   * @return whether no later frame can be nearer
   */
  private boolean approach(Lane lane, long pivot, List<TimestampedFrame> victims) {
    while (!lane.waiting.isEmpty()) {
      long head = lane.headNanos();
      if (pivot - head > maxOffsetNanos || nextIsNearer(lane, pivot)) {
        victims.add(lane.waiting.removeFirst().frame());
      } else {
        return head >= pivot || lane.waiting.size() > 1 || lane.finished;
      }
    }
    return false;
  }

  private static boolean nextIsNearer(Lane lane, long pivot) {
    if (lane.waiting.size() < 2) {
      return false;
    }
    var frames = lane.waiting.iterator();
    long head = frames.next().nanos();
    long second = frames.next().nanos();
    return Math.abs(second - pivot) < Math.abs(head - pivot);
  }

  private SyncedFrame take(long latest) {
    long earliest = lanes.stream().mapToLong(Lane::headNanos).min().orElseThrow();
    List<TimestampedFrame> frames = new ArrayList<>(lanes.size());
    for (Lane lane : lanes) {
      frames.add(lane.waiting.removeFirst().frame());
    }
    return new SyncedFrame(frames, latest - earliest);
  }

  /** Frames that were closed because they belong to no moment, or waited too long. */
  public synchronized long dropped() {
    return dropped;
  }

  @Override
  public void close() {
    List<TimestampedFrame> left = new ArrayList<>();
    synchronized (this) {
      closed = true;
      for (Lane lane : lanes) {
        lane.waiting.forEach(waiting -> left.add(waiting.frame()));
        lane.waiting.clear();
      }
      dropped += left.size();
      notifyAll();
    }
    left.forEach(TimestampedFrame::close);
  }
}
