package org.framecast.stream.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * The sinks of one stream, each on a thread of its own; they come and go while it runs.
 *
 * <p>Every sink gets the same pixels. One that fails is left out from then on. One that must lose
 * nothing keeps the stream waiting while it is behind, up to the patience given.
 *
 * <p><b>Thread:</b> items from one at a time for each kind; everything else from any.
 */
public final class SinkBank {
  /** Items that may wait for a sink. */
  public static final int DEFAULT_QUEUE = 8;

  /** How long a sink that must lose nothing may keep its stream waiting. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);

  private final String stream;
  private final ThreadFactory threads;
  private final Duration patience;
  private final BiConsumer<String, Throwable> failed;
  private final CopyOnWriteArrayList<SinkLoop> loops = new CopyOnWriteArrayList<>();
  private boolean closed;

  /**
   * @param failed learns which sink failed and why, on any thread
   */
  public SinkBank(
      String stream,
      ThreadFactory threads,
      Duration patience,
      BiConsumer<String, Throwable> failed) {
    this.stream = stream;
    this.threads = threads;
    this.patience = patience;
    this.failed = failed;
  }

  /**
   * Starts a sink: it gets what comes from now on.
   *
   * <p><b>Ownership:</b> the sink is the bank's, also when this throws.
   *
   * @throws IllegalArgumentException when there is one of that name
   * @throws IllegalStateException after the end
   */
  public synchronized void add(String name, StreamSink sink, MediaInfo info) {
    boolean done = false;
    try {
      if (closed) {
        throw new IllegalStateException(stream + " has ended");
      }
      if (loops.stream().anyMatch(loop -> loop.name().equals(nameOf(name)))) {
        throw new IllegalArgumentException("two sinks are named " + name);
      }
      SinkLoop.SinkSpec spec = new SinkLoop.SinkSpec(nameOf(name), sink, DEFAULT_QUEUE);
      SinkLoop loop = new SinkLoop(spec, info, patience, threads, failed);
      loop.start();
      loops.add(loop);
      done = true;
    } finally {
      if (!done) {
        sink.close();
      }
    }
  }

  private String nameOf(String name) {
    return stream + "-" + name;
  }

  /**
   * Completes one sink and lets it go.
   *
   * @return whether it was there, and is complete in time
   */
  public boolean remove(String name, Duration deadline) {
    for (SinkLoop loop : loops) {
      if (loop.name().equals(nameOf(name))) {
        boolean ended = loop.stop(StopMode.DRAIN, Deadline.in(deadline));
        loops.remove(loop);
        return ended && loop.failure() == null;
      }
    }
    return false;
  }

  /**
   * Completes one sink and keeps its numbers.
   *
   * @return whether it was there, and is complete in time
   */
  public boolean complete(String name, Duration deadline) {
    for (SinkLoop loop : loops) {
      if (loop.name().equals(nameOf(name))) {
        return loop.stop(StopMode.DRAIN, Deadline.in(deadline)) && loop.failure() == null;
      }
    }
    return false;
  }

  /** Gives a picture to all; the caller keeps its own hold. */
  public void picture(TimestampedFrame frame) throws InterruptedException {
    for (SinkLoop loop : loops) {
      if (loop.isRunning()) {
        loop.put(frame.share());
      }
    }
  }

  /** Gives a block of sound to all; the caller keeps its own hold. */
  public void sound(AudioFrame block) throws InterruptedException {
    for (SinkLoop loop : loops) {
      if (loop.isRunning()) {
        MediaItem share = block.share();
        loop.put(share);
      }
    }
  }

  /** Whether one of them still takes something. */
  public boolean anyRunning() {
    return loops.stream().anyMatch(SinkLoop::isRunning);
  }

  /** Whether there were sinks, and each of them failed. */
  boolean allFailed() {
    return !loops.isEmpty() && loops.stream().allMatch(loop -> loop.failure() != null);
  }

  /** The failure of one of them, if one failed. */
  @Nullable Throwable failure() {
    for (SinkLoop loop : loops) {
      Throwable failure = loop.failure();
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  /**
   * Ends all sinks. Idempotent.
   *
   * @return whether all ended in time
   */
  public boolean stop(StopMode mode, Duration deadline) {
    synchronized (this) {
      closed = true;
    }
    if (mode == StopMode.DRAIN) {
      loops.forEach(SinkLoop::finish);
    }
    Deadline end = Deadline.in(deadline);
    boolean ended = true;
    for (SinkLoop loop : loops) {
      ended &= loop.stop(mode, end);
    }
    return ended;
  }

  public List<SinkStatistics> statistics() {
    List<SinkStatistics> all = new ArrayList<>();
    for (SinkLoop loop : loops) {
      SinkStatistics now = loop.statistics();
      String name = now.name().substring(stream.length() + 1);
      all.add(new SinkStatistics(name, now.state(), now.items(), now.dropped(), now.faults()));
    }
    return all;
  }
}
