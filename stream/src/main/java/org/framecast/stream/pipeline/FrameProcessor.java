package org.framecast.stream.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.FrameFeed;
import org.framecast.stream.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Works on frames with several threads, a bounded number at a time, and hands the results on in the
 * order in which it accepted the frames.
 *
 * <p>The workers lead in turn: the leader waits until there is room in flight, then takes the next
 * item from the feed and the settings of that moment, gives up the lead, and works. So a live feed
 * that keeps the latest frame is asked as late as possible, and a file is asked for each frame. A
 * finished result goes into the ring; whoever finds the oldest frame finished hands over all that
 * are ready. There is no thread in between and nothing is allocated for a frame.
 *
 * <p><b>Thread:</b> start and stop from one owner; settings from any thread.
 *
 * <p><b>Ownership:</b> takes over what the feed gives and closes it, or what became of it, unless
 * the sink got it.
 *
 * @param <I> what comes in
 * @param <S> the settings that travel with each frame; immutable
 * @param <O> the result
 */
public final class FrameProcessor<I extends AutoCloseable, S, O extends AutoCloseable> {
  private final LoopContext context;
  private final ProcessorSettings size;
  private final FrameFeed<I> feed;
  private final Supplier<? extends FrameWorker<I, S, O>> workers;
  private final FrameSink<O> sink;
  private final FlightRing<I, S, O> ring;
  private final Lead lead = new Lead();
  private final Object turn = new Object();
  private final List<Thread> threads = new ArrayList<>();
  private volatile @Nullable S settings;
  private volatile @Nullable Throwable feedFailure;
  private int running;

  /**
   * Makes a processor that does nothing until it is started.
   *
   * @param workers opens one worker for each thread
   */
  public FrameProcessor(
      LoopContext context,
      ProcessorSettings size,
      FrameFeed<I> feed,
      Supplier<? extends FrameWorker<I, S, O>> workers,
      FrameSink<O> sink) {
    this.context = context;
    this.size = size;
    this.feed = feed;
    this.workers = workers;
    this.sink = sink;
    this.ring = new FlightRing<>(size, sink, context);
  }

  /**
   * Starts the workers. Once only.
   *
   * @param first the settings until others are set
   */
  public void start(S first) {
    settings = first;
    synchronized (threads) {
      if (!threads.isEmpty()) {
        throw new IllegalStateException("processor " + size.name() + " was started before");
      }
      for (int i = 0; i < size.workers(); i++) {
        Thread thread = context.threads().newThread(this::work);
        thread.setName(size.name() + "-worker-" + i);
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.start();
        // One that could not be started is not waited for.
        running++;
      }
    }
  }

  /** Sets what frames accepted from now on are worked on with. */
  public void settings(S next) {
    settings = next;
  }

  /** Frames between acceptance and hand-over now. */
  public int inFlight() {
    return ring.inFlight();
  }

  /** Frames accepted so far. */
  public long accepted() {
    return ring.accepted();
  }

  /** Frames handed over or dropped so far. */
  public long completed() {
    return ring.completed();
  }

  /** Accepted frames that had no result, by kind. */
  public long dropped(DropKind kind) {
    return ring.dropped(kind);
  }

  /**
   * Waits until the feed has ended and every accepted frame is handed over.
   *
   * @return whether that was so in time
   */
  public boolean awaitEnd(Duration deadline) throws InterruptedException {
    Deadline end = Deadline.in(deadline);
    synchronized (threads) {
      while (running > 0) {
        if (!end.await(threads)) {
          return false;
        }
      }
    }
    return true;
  }

  /** As {@link #awaitEnd}, for an owner that stops: an interruption ends the waiting. */
  boolean drain(Duration deadline) {
    try {
      return awaitEnd(deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Accepts no more and ends the workers. What is in flight is finished or closed as the mode says;
   * what is not finished at the deadline is closed as soon as its worker is through with it.
   * Idempotent.
   *
   * @return whether all workers ended in time
   */
  public boolean stop(StopMode mode, Duration deadline) {
    lead.stop();
    if (mode == StopMode.ABANDON) {
      ring.abandon();
    }
    boolean ended = drain(deadline);
    ring.abandon();
    return ended;
  }

  private void work() {
    WorkerSeat<I, S, O> seat = new WorkerSeat<>(workers);
    try {
      for (Slot<I, S, O> slot = accept(); slot != null; slot = accept()) {
        seat.run(slot);
        ring.complete(slot);
      }
    } finally {
      try {
        seat.close();
      } finally {
        end();
      }
    }
  }

  private @Nullable Slot<I, S, O> accept() {
    synchronized (turn) {
      if (!lead.take()) {
        return null;
      }
      try {
        ring.awaitRoom();
        I input = feed.next();
        if (input != null) {
          return ring.accept(input, Objects.requireNonNull(settings));
        }
      } catch (InterruptedException e) {
        // A stop; or someone else wants this thread to end, and a thread less is a processor less.
      } catch (RuntimeException | Error e) {
        feedFailure = e;
      } finally {
        lead.leave();
      }
      lead.end();
      return null;
    }
  }

  private void end() {
    boolean last;
    synchronized (threads) {
      last = running == 1;
      if (!last) {
        running--;
      }
    }
    if (last) {
      try {
        sink.ended(feedFailure);
      } finally {
        synchronized (threads) {
          running = 0;
          threads.notifyAll();
        }
      }
    }
  }
}
