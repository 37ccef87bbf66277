package org.framecast.stream.media;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a piece of work takes of its thread's heap once the compiler has seen it. When that is, is
 * the machine's affair: so the work is repeated until it takes little enough.
 */
public final class LeastHeap {
  private static final int ATTEMPTS = 20;

  private LeastHeap() {}

  /** Work that may be interrupted. */
  public interface Work {
    void run() throws InterruptedException;
  }

  /**
   * The least that the work took of this thread's heap.
   *
   * @param enough bytes below which it is not run again
   */
  public static long of(Work work, long enough) throws InterruptedException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS && least >= enough; attempt++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      work.run();
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
