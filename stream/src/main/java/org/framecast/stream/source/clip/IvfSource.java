package org.framecast.stream.source.clip;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.framecast.stream.flow.RenditionSink;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.time.Deadline;
import org.framecast.stream.time.LoopThread;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;

/**
 * Reads coded pictures from an IVF file, a FIFO or a child process and delivers them as they are.
 *
 * <p>A file is paced by its own times. What is live comes as fast as its writer sends it: a unit
 * has the time at which it was there, so that neither clock drifts away from the other. What breaks
 * off in the middle of a frame delivers every whole frame before that; the break is counted as an
 * error, and the source has ended.
 *
 * <p><b>Thread:</b> one of its own, which calls the sink; start and stop from one owner. Overload
 * policy: what is late in a file follows at once; a live writer waits as long as its pipe is full.
 *
 * <p><b>Ownership:</b> the input is opened on the thread and closed at the end. Units are lent to
 * the sink.
 */
public final class IvfSource {
  /** How units get their times. */
  public enum Pace {
    /** When the file says. */
    BY_ITS_TIMES,
    /** When they come. */
    AS_THEY_COME
  }

  /** What follows an end. */
  public enum Repeat {
    /** Nothing. */
    ONCE,
    /**
     * The input is opened again: at once, but at most 25 times a second; or a second after a break.
     */
    AGAIN
  }

  /**
   * How to read.
   *
   * @param name of the thread
   */
  public record Settings(String name, Pace pace, Repeat repeat) {}

  /** How a round through the input has ended. */
  public enum End {
    /** The input ended behind a whole frame. */
    COMPLETE,
    /** It was stopped. */
    STOPPED,
    /** The input broke off, or was none. */
    BROKEN
  }

  /** Learns of each end, on the source's thread. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A round is through.
     *
     * @param cause why it is {@link End#BROKEN}; null otherwise
     */
    void ended(End end, @Nullable Exception cause);
  }

  private static final long PAUSE_NANOS = 1_000_000_000L;

  /** A still, or a program that is over at once, must not be opened in a rush. */
  private static final long ROUND_NANOS = 40_000_000L;

  private final Settings settings;
  private final IvfInput.Opener opener;
  private final BufferPool pool;
  private final RenditionSink sink;
  private final MediaClock clock;
  private final LoopThread thread;
  private @Nullable IvfInput input;
  private @Nullable IvfHeader header;
  private boolean opening;
  private boolean stopped;
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();

  /**
   * Makes a source that does nothing until it is started.
   *
   * @param pool where units come from
   */
  public IvfSource(
      Settings settings,
      IvfInput.Opener opener,
      BufferPool pool,
      RenditionSink sink,
      MediaClock clock) {
    this.settings = settings;
    thread = new LoopThread(settings.name());
    this.opener = opener;
    this.pool = pool;
    this.sink = sink;
    this.clock = clock;
  }

  /** Starts to read. Once only. */
  public void start(ThreadFactory threads, Listener listener) {
    thread.start(threads, () -> run(listener));
  }

  private void run(Listener listener) {
    try {
      boolean again = true;
      while (again) {
        long before = frames.get();
        long begun = clock.nanos();
        End end = round(listener);
        boolean pauses = end == End.BROKEN || frames.get() == before;
        again =
            settings.repeat() == Repeat.AGAIN
                && end != End.STOPPED
                && awaitDue(pauses ? clock.nanos() + PAUSE_NANOS : begun + ROUND_NANOS);
      }
    } catch (InterruptedException e) {
      // Whoever owns the thread wants it to end: as a stop.
    }
  }

  private End round(Listener listener) {
    End end = End.BROKEN;
    Exception cause = null;
    try {
      end = read() ? End.COMPLETE : End.STOPPED;
    } catch (InterruptedException e) {
      end = End.STOPPED;
    } catch (IOException | RuntimeException e) {
      if (isStopped()) {
        end = End.STOPPED;
      } else {
        cause = e;
        errors.incrementAndGet();
      }
    } finally {
      closeInput();
      opened();
      listener.ended(end, cause);
    }
    return end;
  }

  /** Reads to the end; false when it was stopped before. */
  private boolean read() throws IOException, InterruptedException {
    if (!opening()) {
      return false;
    }
    IvfInput opened = opener.open();
    if (!use(opened)) {
      opened.close();
      return false;
    }
    IvfPipe pipe = new IvfPipe(opened, pool);
    IvfHeader first = pipe.readHeader();
    synchronized (this) {
      header = first;
    }
    Rendition rendition = Rendition.best(first.codec());
    IvfClock times = new IvfClock(clock, settings.pace());
    for (AccessUnit unit = pipe.next(); unit != null; unit = pipe.next()) {
      try (AccessUnit timed = times.place(unit)) {
        if (!awaitDue(timed.ptsNanos())) {
          return false;
        }
        sink.deliver(rendition, timed);
        frames.incrementAndGet();
      }
    }
    return !isStopped();
  }

  private synchronized boolean opening() {
    opening = true;
    return !stopped;
  }

  private synchronized void opened() {
    opening = false;
  }

  private synchronized boolean use(IvfInput opened) {
    input = opened;
    opening = false;
    return !stopped;
  }

  /** Waits for the moment; false when the source is stopped. */
  private synchronized boolean awaitDue(long nanos) throws InterruptedException {
    for (long left = nanos - clock.nanos(); !stopped && left > 0; left = nanos - clock.nanos()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return !stopped;
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private void closeInput() {
    IvfInput open;
    synchronized (this) {
      open = input;
      input = null;
    }
    if (open != null) {
      open.close();
    }
  }

  /** What the input says of itself, once it was read. */
  public synchronized @Nullable IvfHeader header() {
    return header;
  }

  /** Frames delivered. */
  public long frames() {
    return frames.get();
  }

  /** Inputs that broke off or could not be read. */
  public long errors() {
    return errors.get();
  }

  /**
   * Ends the thread, also where it waits for a writer. Idempotent.
   *
   * @return whether it ended within the deadline
   */
  public boolean stop(Duration deadline) {
    boolean waits;
    synchronized (this) {
      stopped = true;
      notifyAll();
      waits = opening;
    }
    closeInput();
    try (AutoCloseable writer = waits ? opener.wake() : () -> {}) {
      return thread.awaitEnd(Deadline.in(deadline));
    } catch (Exception e) {
      throw new IllegalStateException(settings.name() + " could not be stopped", e);
    }
  }
}
