package org.framecast.stream.pipeline;

import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.time.Deadline;
import org.framecast.stream.time.LoopThread;
import org.jspecify.annotations.Nullable;

/**
 * One thread that takes items from a queue until the queue is finished, then ends its work.
 *
 * <p><b>Ownership:</b> the body owns what it is given.
 */
final class QueueLoop<T extends AutoCloseable> {
  /** How often a loop without items asks whether it is over. */
  private static final long LOOK_NANOS = 100_000_000L;

  private final ThreadFactory threads;
  private final LoopThread thread;
  private final FrameQueue<T> queue;
  private final Consumer<T> body;
  private final Runnable end;
  private final BooleanSupplier over;

  /**
   * @param body takes each item; what it throws ends the loop
   * @param end runs on the loop's thread when it is over, however it ended
   */
  QueueLoop(
      String name, ThreadFactory threads, FrameQueue<T> queue, Consumer<T> body, Runnable end) {
    this(name, threads, queue, body, end, () -> false);
  }

  /**
   * @param over whether the loop is to end by itself; asked before each item and while there is
   *     none
   */
  QueueLoop(
      String name,
      ThreadFactory threads,
      FrameQueue<T> queue,
      Consumer<T> body,
      Runnable end,
      BooleanSupplier over) {
    this.threads = threads;
    thread = new LoopThread(name);
    this.queue = queue;
    this.body = body;
    this.end = end;
    this.over = over;
  }

  void start() {
    thread.start(threads, this::run);
  }

  /** Ends the loop; true when it ended in time, or was never started. */
  boolean stop(StopMode mode, Deadline deadline) {
    switch (mode) {
      case DRAIN -> queue.finish();
      case ABANDON -> queue.close();
    }
    boolean inTime = thread.awaitEnd(deadline);
    queue.close();
    return inTime;
  }

  private void run() {
    try {
      for (T item = next(); item != null; item = next()) {
        body.accept(item);
      }
    } catch (InterruptedException e) {
      // Whoever owns the thread wants it to end: as a stop.
    } finally {
      try {
        queue.close();
      } finally {
        end.run();
      }
    }
  }

  private @Nullable T next() throws InterruptedException {
    while (!over.getAsBoolean()) {
      T item = queue.poll(LOOK_NANOS);
      if (item != null || queue.ended()) {
        return item;
      }
    }
    return null;
  }
}
