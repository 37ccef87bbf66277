package org.framecast.stream.source;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongConsumer;
import org.framecast.stream.time.Deadline;
import org.framecast.stream.time.FrameTimer;
import org.jspecify.annotations.Nullable;

/** A thread that does something at each beat of a timer. */
final class BeatLoop {
  private final String name;
  private final FrameTimer timer;
  private @Nullable Thread thread;
  private boolean ended;

  BeatLoop(String name, FrameTimer timer) {
    this.name = name;
    this.timer = timer;
  }

  synchronized void start(ThreadFactory threads, LongConsumer body) {
    if (thread != null) {
      throw new IllegalStateException(name + " was started before");
    }
    Thread loop = threads.newThread(() -> run(body));
    loop.setName(name);
    thread = loop;
    loop.start();
  }

  /** Ends the loop; true when it ended in time, or was never started. */
  boolean stop(Duration deadline) {
    timer.stop();
    Deadline end = Deadline.in(deadline);
    synchronized (this) {
      try {
        while (thread != null && !ended) {
          if (!end.await(this)) {
            return false;
          }
        }
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  private void run(LongConsumer body) {
    try {
      for (long beat = timer.await(); beat != FrameTimer.STOPPED; beat = timer.await()) {
        body.accept(beat);
      }
    } catch (InterruptedException e) {
      // Whoever owns the thread wants it to end: as a stop.
    } finally {
      synchronized (this) {
        ended = true;
        notifyAll();
      }
    }
  }
}
