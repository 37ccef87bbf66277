package org.framecast.stream.time;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a loop: started once, its end waited for with a deadline.
 *
 * <p><b>Thread:</b> any.
 */
public final class LoopThread {
  private final String name;
  private @Nullable Thread thread;
  private boolean ended;

  /**
   * @param name of the thread
   */
  public LoopThread(String name) {
    this.name = name;
  }

  /**
   * Starts it.
   *
   * @throws IllegalStateException when it was started before
   */
  public synchronized void start(ThreadFactory threads, Runnable body) {
    if (thread != null) {
      throw new IllegalStateException(name + " was started before");
    }
    Thread loop = threads.newThread(() -> run(body));
    loop.setName(name);
    loop.start();
    // One that could not be started is not waited for.
    thread = loop;
  }

  private void run(Runnable body) {
    try {
      body.run();
    } finally {
      synchronized (this) {
        ended = true;
        notifyAll();
      }
    }
  }

  /**
   * Waits for its end; an interruption ends the waiting and stays set.
   *
   * @return whether it ended in time, or was never started
   */
  public synchronized boolean awaitEnd(Deadline deadline) {
    try {
      while (thread != null && !ended) {
        if (!deadline.await(this)) {
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
