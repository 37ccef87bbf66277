package org.framecast.rtc.internal;

import com.sun.jna.Native;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The loaded library: bound, its logger attached, its threads started.
 *
 * <p><b>Thread</b>: {@link #close} never from a callback.
 *
 * <p><b>Ownership</b>: holds the callbacks until the library's threads have ended.
 */
public final class NativeRtc {
  private static final int LOG_NONE = 0;

  /** How long {@code rtcCleanup} waits by itself; it does not tell whether it gave up. */
  private static final Duration NATIVE_LIMIT = Duration.ofSeconds(10);

  private static final String LEAK_PROPERTY = "framecast.rtc.unfinished.";

  private final LibraryLoader.Loaded loaded;
  private final CallbackTable callbacks;

  private NativeRtc(LibraryLoader.Loaded loaded, CallbackTable callbacks) {
    this.loaded = loaded;
    this.callbacks = callbacks;
  }

  /**
   * Loads, checks and starts the library.
   *
   * @param workerThreads threads for the peers' events; 0 means one for each core
   * @throws LibraryProblem when there is no library, or not the right one
   */
  public static NativeRtc open(
      Optional<Path> file, int logLevel, int workerThreads, NativeEvents events) {
    LibraryLoader.Loaded loaded = LibraryLoader.load(file);
    CallbackTable callbacks = new CallbackTable(events);
    try {
      callbacks.attachLog(logLevel);
      RtcFunctions.rtcSetThreadPoolSize(workerThreads);
      RtcFunctions.rtcPreload();
      return new NativeRtc(loaded, callbacks);
    } catch (RuntimeException | Error failure) {
      unbind(loaded, callbacks);
      throw failure;
    }
  }

  public CallbackTable callbacks() {
    return callbacks;
  }

  public Path file() {
    return loaded.file();
  }

  public String version() {
    return loaded.version().toString();
  }

  /**
   * Ends the library's threads and unbinds it. Every peer must have been deleted, and no other call
   * may be under way.
   *
   * <p>When the threads do not end in time, everything that they may still call stays in memory on
   * purpose: the alternative is a crash.
   *
   * @return whether all threads ended within the deadline
   */
  public boolean close(ThreadFactory threads, Duration deadline) {
    if (!cleanup(threads, deadline)) {
      System.getProperties().put(LEAK_PROPERTY + System.identityHashCode(this), List.of(this));
      return false;
    }
    unbind(loaded, callbacks);
    return true;
  }

  private static void unbind(LibraryLoader.Loaded loaded, CallbackTable callbacks) {
    RtcFunctions.rtcInitLogger(LOG_NONE, null);
    callbacks.detach();
    Native.unregister(RtcFunctions.class);
    JnaCaches.forget(RtcFunctions.class);
    loaded.library().close();
  }

  private static boolean cleanup(ThreadFactory threads, Duration deadline) {
    AtomicBoolean clean = new AtomicBoolean();
    Thread thread =
        threads.newThread(
            () -> {
              long startNanos = System.nanoTime();
              RtcFunctions.rtcCleanup();
              clean.set(System.nanoTime() - startNanos < NATIVE_LIMIT.toNanos());
            });
    thread.start();
    boolean interrupted = false;
    long endNanos = System.nanoTime() + deadline.toNanos();
    while (thread.isAlive()) {
      long leftMillis = Duration.ofNanos(endNanos - System.nanoTime()).toMillis();
      if (leftMillis <= 0) {
        break;
      }
      try {
        thread.join(leftMillis);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return clean.get();
  }
}
