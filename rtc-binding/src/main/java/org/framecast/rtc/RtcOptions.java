package org.framecast.rtc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * How the library is loaded and stopped.
 *
 * @param threads makes the one thread that closing needs for a moment
 * @param library the shared library's file; empty means to look for it
 * @param workerThreads native threads for the peers' events; 0 means one for each core, at least
 *     two
 * @param closeDeadline how long {@link RtcLibrary#close} waits for the native threads to end
 */
public record RtcOptions(
    ThreadFactory threads, Optional<Path> library, int workerThreads, Duration closeDeadline) {
  /** The library gives up by itself after ten seconds. */
  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(9);

  public RtcOptions {
    if (workerThreads < 0) {
      throw new IllegalArgumentException("a negative number of threads: " + workerThreads);
    }
    if (!closeDeadline.isPositive()) {
      throw new IllegalArgumentException("not a deadline: " + closeDeadline);
    }
  }

  public static RtcOptions of(ThreadFactory threads) {
    return new RtcOptions(threads, Optional.empty(), 0, DEFAULT_DEADLINE);
  }

  public RtcOptions withLibrary(Path file) {
    return new RtcOptions(threads, Optional.of(file), workerThreads, closeDeadline);
  }

  public RtcOptions withWorkerThreads(int count) {
    return new RtcOptions(threads, library, count, closeDeadline);
  }

  public RtcOptions withCloseDeadline(Duration deadline) {
    return new RtcOptions(threads, library, workerThreads, deadline);
  }
}
