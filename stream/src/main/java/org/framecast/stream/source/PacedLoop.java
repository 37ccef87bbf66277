package org.framecast.stream.source;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.time.FrameTimer;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;

/** A source that makes one thing an interval on a thread of its own until it is stopped. */
abstract class PacedLoop implements StreamSource {
  private final String name;
  private final MediaClock clock;
  private final long intervalNanos;
  private volatile boolean stopping;
  private @Nullable Thread thread;

  PacedLoop(String name, MediaClock clock, long intervalNanos) {
    this.name = name;
    this.clock = clock;
    this.intervalNanos = intervalNanos;
  }

  /**
   * Makes what belongs to one tick.
   *
   * @param dueNanos when it is due, on the source's clock
   */
  abstract void make(StreamInput input, long tick, long dueNanos);

  @Override
  public final synchronized void start(StreamInput input, ThreadFactory threads) {
    if (thread != null) {
      throw new IllegalStateException(name + " was started before");
    }
    Thread made = threads.newThread(() -> run(input));
    made.setName(name);
    thread = made;
    made.start();
  }

  private void run(StreamInput input) {
    FrameTimer timer = new FrameTimer(clock, intervalNanos);
    try {
      while (!stopping) {
        long tick = timer.await();
        make(input, tick, timer.dueNanos(tick));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public final boolean stop(Duration deadline) {
    Thread running;
    synchronized (this) {
      stopping = true;
      running = thread;
    }
    if (running == null || running == Thread.currentThread()) {
      return true;
    }
    running.interrupt();
    try {
      return running.join(deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
