package org.framecast.stream.webrtc;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Hands tasks from native threads and timers to the work threads. */
final class Work {
  private Work() {}

  /** Runs the task there, or here when there is no there any more: it may be the last clean-up. */
  static void run(Executor work, Runnable task) {
    try {
      work.execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }
}
