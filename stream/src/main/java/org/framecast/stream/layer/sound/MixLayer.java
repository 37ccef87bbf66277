package org.framecast.stream.layer.sound;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.flow.AudioLayer;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Adds another source's sound, sample after sample from where it begins; what would be louder than
 * full scale is cut off there. When the other has nothing in time, or has ended, the sound passes
 * as it is.
 *
 * <p>A thread of its own reads the other source ahead, up to a second of blocks of 20 ms; pictures
 * are passed over.
 *
 * <p><b>Ownership:</b> the other source is the layer's own. A close waits for the thread.
 */
public final class MixLayer implements AudioLayer {
  private static final int QUEUE = 50;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  /** So long a block waits for the other sound: its own length. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final StreamSource other;
  private final float factor;
  private final ThreadFactory threads;
  private final FrameQueue<AudioFrame> queue = FrameQueue.everyFrame("mix", QUEUE);
  private @Nullable Thread reader;
  private @Nullable AudioFrame current;
  private int at;
  private volatile long missingSamples;
  private volatile @Nullable RuntimeException failure;
  private boolean closed;

  /**
   * @param other whose sound is mixed in
   * @param decibels how much louder or softer the other is to be
   */
  public MixLayer(StreamSource other, double decibels, ThreadFactory threads) {
    this.other = other;
    this.factor = Samples.factor(decibels);
    this.threads = threads;
  }

  @Override
  public String name() {
    return MixLayerProvider.NAME;
  }

  @Override
  public void process(AudioFrame block) {
    start();
    MemorySegment pcm = block.content();
    int done = 0;
    try {
      while (done < block.samples() && hasMore()) {
        done += add(pcm, done, block.samples() - done);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (done < block.samples() && !queue.ended()) {
      missingSamples += block.samples() - done;
    }
  }

  private synchronized void start() {
    if (reader == null && !closed) {
      Thread thread = threads.newThread(this::read);
      thread.setName("mix");
      reader = thread;
      thread.start();
    }
  }

  private boolean hasMore() throws InterruptedException {
    AudioFrame open = current;
    if (open != null && at == open.samples()) {
      current = null;
      open.close();
      open = null;
    }
    if (open == null) {
      current = queue.poll(PATIENCE_NANOS);
      at = 0;
    }
    return current != null;
  }

  private int add(MemorySegment pcm, int from, int wanted) {
    AudioFrame open = current;
    if (open == null) {
      return 0;
    }
    int count = Math.min(wanted, open.samples() - at);
    MemorySegment others = open.content();
    for (long i = 0; i < (long) count * AudioFrame.CHANNELS; i++) {
      long mine = (long) from * AudioFrame.CHANNELS + i;
      float added = Samples.at(others, (long) at * AudioFrame.CHANNELS + i) * factor;
      Samples.put(pcm, mine, Samples.at(pcm, mine) + added);
    }
    at += count;
    return count;
  }

  private void read() {
    try (other) {
      MediaItem item = other.next();
      while (item != null && pass(item)) {
        item = other.next();
      }
    } catch (InterruptedException e) {
      // Whoever owns the thread wants it to end.
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      queue.finish();
    }
  }

  /** Queues sound and closes the rest; false when the layer wants no more. */
  private boolean pass(MediaItem item) throws InterruptedException {
    return switch (item) {
      case TimestampedFrame frame -> {
        frame.close();
        yield true;
      }
      case AudioFrame block -> put(block);
    };
  }

  private boolean put(AudioFrame block) throws InterruptedException {
    boolean taken = false;
    try {
      taken = queue.put(block, Long.MAX_VALUE);
      return taken;
    } finally {
      if (!taken) {
        block.close();
      }
    }
  }

  /** Samples that passed unmixed because the other source was late. */
  public long missingSamples() {
    return missingSamples;
  }

  /** Why the other source ended, if not well. */
  public @Nullable RuntimeException failure() {
    return failure;
  }

  @Override
  public void close() {
    Thread thread;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      thread = reader;
    }
    other.close();
    queue.close();
    AudioFrame open = current;
    current = null;
    if (open != null) {
      open.close();
    }
    if (thread != null) {
      join(thread, Deadline.in(CLOSE_LIMIT));
    }
  }

  private static void join(Thread thread, Deadline deadline) {
    try {
      if (!thread.join(deadline.left())) {
        throw new IllegalStateException("the other source still runs");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
