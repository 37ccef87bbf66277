package org.framecast.stream.pipeline;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.time.Deadline;
import org.framecast.stream.time.LoopThread;

/**
 * A thread that offers what a source gives to a live input; what is not taken is closed.
 *
 * <p><b>Thread:</b> start and stop from one owner.
 *
 * <p><b>Ownership:</b> the source is its own from the start on.
 */
public final class SourceLoop {
  private final LoopThread thread;
  private final StreamSource source;
  private final StreamInput input;

  /**
   * Makes a loop that does nothing until it is started.
   *
   * @param name of its thread
   */
  public SourceLoop(String name, StreamSource source, StreamInput input) {
    this.thread = new LoopThread(name);
    this.source = source;
    this.input = input;
  }

  /** Starts the thread. Once only. */
  public void start(ThreadFactory threads) {
    thread.start(threads, this::run);
  }

  /**
   * Closes the source and ends the thread. Idempotent.
   *
   * @return whether it ended in time
   */
  public boolean stop(Duration deadline) {
    source.close();
    return thread.awaitEnd(Deadline.in(deadline));
  }

  private void run() {
    try (source) {
      for (MediaItem item = source.next(); item != null; item = source.next()) {
        offer(item);
      }
    } catch (InterruptedException e) {
      // Whoever owns the thread wants it to end: as a stop.
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
