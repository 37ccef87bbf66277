package org.framecast.stream.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.framecast.stream.flow.AudioLayer;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.FrameFeed;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.PoolExhaustedException;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * A source, layers, and sinks, tied together: {@code Stream.from(source).layer(…).to(sink)}.
 *
 * <p>Pictures go through the layers on worker threads, a few at a time, and come out in order;
 * sound goes through its own layers on the way. Every sink has a thread. The stream ends with its
 * source, when all of its sinks have failed, or when it is stopped.
 *
 * <p><b>Thread:</b> start, stop and close from one owner; everything else from any.
 *
 * <p><b>Ownership:</b> owns its source, audio layers and sinks. The resources stay their owner's
 * and outlive it.
 */
public final class Stream implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  /** A source that found no room is not asked again at once. */
  private static final long POOL_PAUSE_NANOS = 1_000_000;

  private static final Duration STATISTICS_WINDOW = Duration.ofSeconds(2);

  private final StreamSource source;
  private final MediaInfo info;
  private final List<AudioLayer> audioLayers;
  private final StreamBuilder plan;
  private final PipelineResources resources;
  private final StageStatistics statistics;
  private final SinkBank sinks;
  private final FrameProcessor<Incoming, LayerChain, TimestampedFrame> processor;
  private final AtomicLong soundBlocks = new AtomicLong();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private boolean started;
  private boolean ended;
  private @Nullable Throwable failure;

  Stream(StreamBuilder plan, PipelineResources resources) {
    this.plan = plan;
    this.resources = resources;
    source = plan.source();
    info = source.info();
    audioLayers = plan.audioLayers();
    statistics = new StageStatistics(resources.clock(), STATISTICS_WINDOW);
    sinks =
        new SinkBank(
            plan.name(), resources.threads(), plan.patience(), plan.listener()::sinkFailed);
    processor =
        new FrameProcessor<>(
            new LoopContext(resources.threads(), resources.clock(), statistics),
            plan.processor(),
            new Feed(),
            () -> new ChainWorker(plan.name(), resources, statistics),
            new ToSinks());
  }

  /** Begins a stream with its source. */
  public static StreamBuilder from(StreamSource source) {
    return new StreamBuilder(source);
  }

  /** What its source says of itself. */
  public MediaInfo info() {
    return info;
  }

  /** Starts all threads. Once only. */
  public Stream start() {
    synchronized (this) {
      if (started) {
        throw new IllegalStateException(plan.name() + " was started before");
      }
      started = true;
    }
    plan.sinks().forEach((name, sink) -> sinks.add(name, sink, info));
    processor.start(plan.chain());
    return this;
  }

  /** Sets the layers for the pictures that are taken from the source from now on. */
  public void chain(LayerChain chain) {
    processor.settings(chain);
  }

  /** Adds a sink while it runs; it gets what comes from now on, and is the stream's. */
  public void add(String name, StreamSink sink) {
    sinks.add(name, sink, info);
  }

  /**
   * Completes one sink and lets it go; the others go on.
   *
   * @return whether it was there, and is complete in time
   */
  public boolean remove(String name, Duration deadline) {
    return sinks.remove(name, deadline);
  }

  /**
   * Waits for the end.
   *
   * @return whether it came in time
   */
  public synchronized boolean await(Duration deadline) throws InterruptedException {
    Deadline limit = Deadline.in(deadline);
    while (!ended) {
      if (!limit.await(this)) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing of it runs any more. */
  public synchronized boolean hasEnded() {
    return ended;
  }

  /** Why it ended, if not well: what the source threw, or the last sink that was left. */
  public synchronized Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** The numbers now. */
  public StreamStatistics statistics() {
    return new StreamStatistics(statistics.snapshot(), soundBlocks.get(), sinks.statistics());
  }

  /**
   * Ends it before its source does. What is under way goes into the sinks and completes them, or is
   * dropped, as the mode says. Idempotent.
   *
   * @return whether everything ended in time
   */
  public boolean stop(StopMode mode, Duration deadline) {
    Deadline limit = Deadline.in(deadline);
    stopping.set(true);
    boolean inTime = true;
    boolean ran;
    synchronized (this) {
      ran = started;
      started = true;
    }
    if (mode == StopMode.ABANDON) {
      inTime = sinks.stop(mode, limit.left());
    }
    source.close();
    if (ran) {
      inTime &= processor.stop(mode, limit.left());
    } else {
      Closing.closeAll(plan.sinks().values());
    }
    inTime &= sinks.stop(mode, limit.left());
    if (inTime) {
      end(null);
    }
    return inTime;
  }

  /** As a stop that drops what is under way. */
  @Override
  public void close() {
    if (!hasEnded() && !stop(StopMode.ABANDON, CLOSE_LIMIT)) {
      throw new IllegalStateException(plan.name() + " still runs");
    }
  }

  private void end(@Nullable Throwable cause) {
    synchronized (this) {
      if (ended) {
        return;
      }
      failure = cause;
    }
    try {
      Closing.closeAll(audioLayers);
    } finally {
      synchronized (this) {
        ended = true;
        notifyAll();
      }
      plan.listener().ended(cause);
    }
  }

  /** What the source gives: pictures for the workers; sound goes its own way. */
  private final class Feed implements FrameFeed<Incoming> {
    @Override
    public @Nullable Incoming next() throws InterruptedException {
      while (!stopping.get() && sinks.anyRunning()) {
        MediaItem item;
        try {
          item = source.next();
        } catch (PoolExhaustedException e) {
          dropped(DropKind.OVERFLOW, e);
          LockSupport.parkNanos(this, POOL_PAUSE_NANOS);
          continue;
        }
        switch (item) {
          case null -> {
            return null;
          }
          case AudioFrame block -> sound(block);
          case TimestampedFrame frame -> {
            statistics.frameIn(0);
            return new Incoming.Picture(frame, resources.clock().nanos());
          }
        }
      }
      return null;
    }
  }

  private void sound(AudioFrame block) throws InterruptedException {
    try (block) {
      soundBlocks.incrementAndGet();
      for (AudioLayer layer : audioLayers) {
        layer.process(block);
      }
      sinks.sound(block);
    } catch (RuntimeException e) {
      dropped(DropKind.ERROR, e);
    }
  }

  private void dropped(DropKind kind, Throwable cause) {
    statistics.dropped(kind);
    plan.listener().dropped(kind, cause);
  }

  /** Gives what came out to all sinks. */
  private final class ToSinks implements FrameSink<TimestampedFrame> {
    @Override
    public void deliver(TimestampedFrame result, FrameTicket ticket) {
      try (result) {
        statistics.frameOut();
        sinks.picture(result);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void dropped(DropKind kind, @Nullable Throwable cause, FrameTicket ticket) {
      plan.listener().dropped(kind, cause);
    }

    /** On the last worker: completes the sinks, whatever ended the source. */
    @Override
    public void ended(@Nullable Throwable cause) {
      List<Throwable> causes = new ArrayList<>();
      if (cause != null) {
        causes.add(cause);
      }
      try {
        source.close();
      } catch (RuntimeException e) {
        causes.add(e);
      }
      if (stopping.get()) {
        return;
      }
      if (!sinks.stop(StopMode.DRAIN, plan.patience().multipliedBy(2))) {
        causes.add(
            new MediaException(MediaException.Code.SINK_FAILED, "a sink did not end in time"));
      }
      Throwable ofSinks = sinks.failure();
      if (causes.isEmpty() && ofSinks != null && sinks.allFailed()) {
        causes.add(ofSinks);
      }
      end(causes.isEmpty() ? null : causes.getFirst());
    }
  }
}
