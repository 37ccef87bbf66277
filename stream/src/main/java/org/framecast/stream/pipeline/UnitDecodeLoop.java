package org.framecast.stream.pipeline;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a loop that decodes units: its queue, its thread, and a decoder that is opened at
 * the first unit. A unit that cannot be decoded is counted and told, and the loop goes on.
 *
 * <p><b>Thread:</b> start and stop from one owner; {@link #offer} one at a time. {@link #open},
 * {@link #decode} and {@link #decoded} are called by the loop's thread alone.
 *
 * <p><b>Ownership:</b> {@link #offer} takes a hold of its own on the unit, which is lent.
 */
abstract class UnitDecodeLoop<D extends AutoCloseable> {
  private final FrameQueue<AccessUnit> queue;
  private final PipelineListener listener;
  private final StageStatistics statistics;
  private final QueueLoop<AccessUnit> loop;
  private @Nullable D decoder;
  private volatile boolean resting;

  UnitDecodeLoop(
      String name,
      FrameQueue<AccessUnit> queue,
      ThreadFactory threads,
      PipelineListener listener,
      StageStatistics statistics) {
    this.queue = queue;
    this.listener = listener;
    this.statistics = statistics;
    loop = new QueueLoop<>(name, threads, queue, this::take, this::end, this::look);
  }

  abstract D open();

  /** Whether the decoder may be opened at this unit; else the unit is passed over. */
  boolean opensAt(AccessUnit unit) {
    return true;
  }

  /** The unit is lent. */
  abstract void decode(D decoder, AccessUnit unit);

  /** Runs after each unit, also after one that could not be decoded. */
  void decoded(D decoder) {}

  /** Starts the thread. Once only. */
  public void start() {
    loop.start();
  }

  /** Takes the next unit in decoding order; after a rest one that the decoder opens at. */
  public void offer(AccessUnit unit) {
    resting = false;
    if (queue.offer(unit.hold())) {
      offered(queue);
    } else {
      unit.close();
    }
  }

  /** Runs after a unit went into the queue, on the thread that offered it. */
  void offered(FrameQueue<AccessUnit> queue) {}

  /** Nobody needs what it decodes for now: what waits is dropped, and the decoder closed soon. */
  public void rest() {
    resting = true;
  }

  /**
   * Ends the loop and closes the decoder. Idempotent.
   *
   * @return whether it ended in time
   */
  public boolean stop(Duration deadline) {
    return loop.stop(StopMode.ABANDON, Deadline.in(deadline));
  }

  /** The loop asks before each unit, and while there is none. */
  private boolean look() {
    if (resting) {
      end();
    }
    return false;
  }

  private void take(AccessUnit unit) {
    try (unit) {
      D open = decoder;
      if (resting || (open == null && !opensAt(unit))) {
        return;
      }
      if (open == null) {
        open = open();
        decoder = open;
      }
      decode(open, unit);
    } catch (RuntimeException e) {
      statistics.dropped(DropKind.ERROR);
      listener.dropped(DropKind.ERROR, e);
    }
    D open = decoder;
    if (open != null) {
      decoded(open);
    }
  }

  private void end() {
    D open = decoder;
    decoder = null;
    Closing.close(open);
  }
}
