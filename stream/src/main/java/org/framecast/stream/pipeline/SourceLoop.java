package org.framecast.stream.pipeline;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * A thread that offers what a source gives to a live input; what is not taken is closed.
 *
 * <p><b>Thread:</b> start and stop from one owner.
 *
 * <p><b>Ownership:</b> the source is its own from the start on.
 */
public final class SourceLoop {
  private final String name;
  private final StreamSource source;
  private final StreamInput input;
  private @Nullable Thread thread;
  private boolean ended;

  /**
   * Makes a loop that does nothing until it is started.
   *
   * @param name of its thread
   */
  public SourceLoop(String name, StreamSource source, StreamInput input) {
    this.name = name;
    this.source = source;
    this.input = input;
  }

  /** Starts the thread. Once only. */
  public synchronized void start(ThreadFactory threads) {
    if (thread != null) {
      throw new IllegalStateException(name + " was started before");
    }
    Thread loop = threads.newThread(this::run);
    loop.setName(name);
    thread = loop;
    loop.start();
  }

  /**
   * Closes the source and ends the thread. Idempotent.
   *
   * @return whether it ended in time
   */
  public boolean stop(Duration deadline) {
    source.close();
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

  private void run() {
    try (source) {
      for (MediaItem item = source.next(); item != null; item = source.next()) {
        offer(item);
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

  private void offer(MediaItem item) {
    boolean taken = false;
    try {
      taken =
          switch (item) {
            case TimestampedFrame frame -> input.offerFrame(frame);
            case AudioFrame block -> input.offerAudio(block);
          };
    } finally {
      if (!taken) {
        item.close();
      }
    }
  }
}
