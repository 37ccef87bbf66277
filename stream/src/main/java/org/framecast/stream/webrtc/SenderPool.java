package org.framecast.stream.webrtc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.time.Deadline;

/**
 * The few threads that send to all viewers of all streams.
 *
 * <p><b>Thread:</b> any. Overload policy: a sender that falls behind passes over what it missed, up
 * to the next keyframe, and counts it; it never holds up a stream.
 *
 * <p><b>Ownership:</b> whoever opens it closes it, after the streams.
 */
public final class SenderPool implements AutoCloseable {
  private static final int MAX_THREADS = 64;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

  private final List<Sender> senders;

  private SenderPool(List<Sender> senders) {
    this.senders = List.copyOf(senders);
  }

  /** One for every two cores, since encoders and the library need the others. */
  public static int defaultThreads() {
    return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 8);
  }

  /** Starts the threads. */
  public static SenderPool open(int threads, ThreadFactory factory) {
    if (threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException(threads + " sender threads");
    }
    List<Sender> senders = new ArrayList<>();
    try (Unfinished opened = new Unfinished()) {
      for (int i = 0; i < threads; i++) {
        Sender sender = opened.add(new Sender());
        Thread thread = factory.newThread(sender);
        thread.setName("framecast-send-" + i);
        sender.start(thread);
        senders.add(sender);
      }
      opened.finished();
    }
    return new SenderPool(senders);
  }

  /** Without threads: what is to be sent is sent by whoever delivers it, before it returns. */
  static SenderPool inline() {
    return new SenderPool(List.of(new Sender()));
  }

  /** Streams that are sent by it now, watched or not. */
  public int streams() {
    return senders.getFirst().shards();
  }

  List<Sender> senders() {
    return senders;
  }

  /**
   * Ends the threads. Idempotent.
   *
   * @throws IllegalStateException when one does not end in time
   */
  @Override
  public void close() {
    senders.forEach(Sender::close);
    Deadline deadline = Deadline.in(CLOSE_LIMIT);
    boolean late = false;
    for (Sender sender : senders) {
      Thread thread = sender.thread();
      if (thread != null && thread != Thread.currentThread()) {
        try {
          late |= !thread.join(deadline.left());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          late |= thread.isAlive();
        }
      }
    }
    if (late) {
      throw new IllegalStateException("a sender thread did not end in time");
    }
  }
}
