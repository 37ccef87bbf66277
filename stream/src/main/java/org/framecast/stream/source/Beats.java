package org.framecast.stream.source;

import java.util.concurrent.TimeUnit;
import org.framecast.stream.time.FrameTimer;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.MissedBeats;

/**
 * The beats of one kind of item: of a clock, or one after the other without waiting.
 *
 * <p><b>Thread:</b> one waits, any stops.
 */
sealed interface Beats {
  /** The beat that comes next when it is asked for now. */
  long upcoming();

  /** When a beat is, on the source's time line. */
  long timeOf(long beat);

  /** Waits for the next beat; {@link FrameTimer#STOPPED} when it was stopped. */
  long await() throws InterruptedException;

  void stop();

  static Beats timed(MediaClock clock, double perSecond, MissedBeats missed, long startNanos) {
    FrameTimer timer = new FrameTimer(clock, perSecond, missed);
    timer.start(startNanos);
    return new Timed(timer);
  }

  static Counted counted(double perSecond) {
    return new Counted(TimeUnit.SECONDS.toNanos(1) / perSecond);
  }

  /** In real time. */
  record Timed(FrameTimer timer) implements Beats {
    @Override
    public long upcoming() {
      return timer.upcoming();
    }

    @Override
    public long timeOf(long beat) {
      return timer.timeOf(beat);
    }

    @Override
    public long await() throws InterruptedException {
      return timer.await();
    }

    @Override
    public void stop() {
      timer.stop();
    }
  }

  /** Without waiting; can go on from any beat. */
  final class Counted implements Beats {
    private final double periodNanos;
    private volatile boolean stopped;
    private long next;

    private Counted(double periodNanos) {
      this.periodNanos = periodNanos;
    }

    /** The last beat whose time is not later. */
    long at(long nanos) {
      long beat = (long) (nanos / periodNanos);
      return timeOf(beat + 1) <= nanos ? beat + 1 : beat;
    }

    void goTo(long beat) {
      next = beat;
    }

    @Override
    public long upcoming() {
      return next;
    }

    @Override
    public long timeOf(long beat) {
      return Math.round(beat * periodNanos);
    }

    @Override
    public long await() {
      return stopped ? FrameTimer.STOPPED : next++;
    }

    @Override
    public void stop() {
      stopped = true;
    }
  }
}
