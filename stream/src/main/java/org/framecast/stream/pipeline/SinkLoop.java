package org.framecast.stream.pipeline;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * One sink on a thread of its own, with the queue that it asked for.
 *
 * <p><b>Ownership:</b> the sink is its own; it closes it at the end.
 */
final class SinkLoop {
  private final String name;
  private final StreamSink sink;
  private final MediaInfo info;
  private final Duration patience;
  private final BiConsumer<String, Throwable> failed;
  private final FrameQueue<MediaItem> queue;
  private final QueueLoop<MediaItem> loop;
  private volatile long items;
  private volatile boolean begun;
  private volatile boolean cut;
  private volatile boolean tooSlow;
  private volatile boolean finishing;
  private volatile @Nullable Throwable failure;
  private volatile boolean over;

  /**
   * @param patience how long a sink that loses nothing may keep its stream waiting
   * @param failed learns of its failure, on any thread
   */
  SinkLoop(
      SinkSpec spec,
      MediaInfo info,
      Duration patience,
      ThreadFactory threads,
      BiConsumer<String, Throwable> failed) {
    this.name = spec.name();
    this.sink = spec.sink();
    this.info = info;
    this.patience = patience;
    this.failed = failed;
    queue = FrameQueue.of(name, spec.queueCapacity(), sink.delivery());
    loop = new QueueLoop<>(name, threads, queue, this::take, this::end);
  }

  void start() {
    loop.start();
  }

  String name() {
    return name;
  }

  boolean isRunning() {
    return failure == null && !over;
  }

  /** One that was too slow is not: it completes what it has. */
  private boolean isBroken() {
    return failure != null && !tooSlow;
  }

  /** While it is being completed it still runs, and what comes is not for it. */
  private boolean takes() {
    return isRunning() && !finishing;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  /**
   * Hands an item over, and waits for room where the sink must lose nothing.
   *
   * <p><b>Ownership:</b> the item is the loop's in any case.
   */
  void put(MediaItem item) throws InterruptedException {
    boolean taken = false;
    try {
      taken = takes() && queue.put(item, patience.toNanos());
    } finally {
      if (!taken) {
        item.close();
      }
    }
    if (!taken && takes() && !cut) {
      giveUp();
    }
  }

  /** What it has so far is completed: it is slow, not broken. */
  private void giveUp() {
    MediaException slowness =
        new MediaException(
            MediaException.Code.SINK_FAILED, "it took nothing for " + patience.toMillis() + " ms");
    synchronized (this) {
      if (failure != null) {
        return;
      }
      tooSlow = true;
      failure = slowness;
    }
    queue.finish();
    failed.accept(name, slowness);
  }

  private void take(MediaItem item) {
    try (item) {
      if (isBroken()) {
        return;
      }
      begin();
      sink.accept(item);
      items = items + 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cut = true;
      queue.close();
    } catch (RuntimeException | Error e) {
      fail(e);
      queue.close();
    }
  }

  private void begin() {
    if (!begun) {
      begun = true;
      sink.begin(info);
    }
  }

  private void end() {
    try {
      if (!isBroken() && !cut) {
        begin();
        sink.finish();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cut = true;
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      close();
    }
  }

  private void close() {
    try {
      sink.close();
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      over = true;
    }
  }

  private void fail(Throwable cause) {
    synchronized (this) {
      if (isBroken()) {
        return;
      }
      failure = cause;
      tooSlow = false;
    }
    failed.accept(name, cause);
  }

  /** Lets it take what is in its queue, and completes it. */
  void finish() {
    finishing = true;
    queue.finish();
  }

  boolean stop(StopMode mode, Deadline deadline) {
    finishing = true;
    if (mode == StopMode.ABANDON) {
      cut = true;
    }
    return loop.stop(mode, deadline);
  }

  SinkStatistics statistics() {
    SinkStatistics.State state =
        failure != null
            ? tooSlow ? SinkStatistics.State.TOO_SLOW : SinkStatistics.State.FAILED
            : !over
                ? SinkStatistics.State.RUNNING
                : cut ? SinkStatistics.State.STOPPED : SinkStatistics.State.FINISHED;
    return new SinkStatistics(name, state, items, queue.dropped(), sink.faults());
  }

  /** A sink, and how much of its stream may wait for it. */
  record SinkSpec(String name, StreamSink sink, int queueCapacity) {
    SinkSpec {
      if (sink.delivery() == DeliveryPolicy.UNTIL_KEYFRAME) {
        throw new IllegalArgumentException("sink " + name + " takes pictures, not access units");
      }
    }
  }
}
