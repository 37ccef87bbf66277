package org.framecast.lifecycle;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the long-lived threads of the library from the container's factory, and knows which of them
 * still run: the container's factory outlives the application, so it does not stop them.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class ServerThreads implements ThreadFactory {
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  @Resource private ManagedThreadFactory container;

  @Override
  public Thread newThread(Runnable role) {
    Thread thread =
        container.newThread(
            () -> {
              running.add(Thread.currentThread());
              try {
                role.run();
              } finally {
                running.remove(Thread.currentThread());
              }
            });
    thread.setDaemon(true);
    return thread;
  }

  /** Threads that have started and not ended. */
  public int running() {
    return running.size();
  }

  /**
   * Waits until all have ended.
   *
   * @return the names of those that have not
   */
  List<String> awaitEnd(Duration deadline) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    for (Thread thread : running) {
      long left = end - System.nanoTime();
      if (left > 0) {
        thread.join(Duration.ofNanos(left));
      }
    }
    return running.stream().map(Thread::getName).sorted().toList();
  }
}
