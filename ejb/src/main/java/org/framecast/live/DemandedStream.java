package org.framecast.live;

import java.time.Duration;
import java.util.Optional;
import org.framecast.stream.pipeline.SinkStatistics;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.webrtc.FanOut;
import org.framecast.stream.webrtc.sdp.StreamFormats;
import org.jspecify.annotations.Nullable;

/**
 * Starts a stream of the server's own with its first viewer, and stops it some time after the last
 * of those who want it: viewers, and sinks, such as a recording.
 *
 * <p><b>Thread:</b> any; starting and stopping hold this object's lock.
 */
abstract class DemandedStream implements ConfiguredStream {
  private final String name;
  private final long lingerNanos;
  private final MediaClock clock;
  private @Nullable Run run;
  private long lastWatchedNanos;

  /** A stream between its start and its stop; one that fails closes its fan-out. */
  interface Run extends AutoCloseable {
    FanOut viewers();

    StreamStats stats();

    /** Where sinks can be added. */
    Recordable recordable();

    @Override
    void close();
  }

  DemandedStream(String name, Duration linger, MediaClock clock) {
    this.name = name;
    this.lingerNanos = linger.toNanos();
    this.clock = clock;
  }

  /** Starts it; must not take long: a viewer waits. */
  abstract Run start();

  @Override
  public final String name() {
    return name;
  }

  @Override
  public StreamFormats formats() {
    return StreamParts.FORMATS;
  }

  @Override
  public final synchronized FanOut demand() {
    lastWatchedNanos = clock.nanos();
    Run current = run;
    if (current != null && current.viewers().isClosed()) {
      // It failed; whoever knocks must not keep what is left of it.
      close();
      current = null;
    }
    if (current == null) {
      current = start();
      run = current;
      LiveMessages.LOG.published(name, kind());
    }
    return current.viewers();
  }

  @Override
  public final synchronized Optional<FanOut> fanOut() {
    return Optional.ofNullable(run).map(Run::viewers);
  }

  @Override
  public final synchronized Optional<StreamStats> stats() {
    return Optional.ofNullable(run).map(Run::stats);
  }

  @Override
  public final synchronized Optional<Recordable> recordable() {
    return Optional.ofNullable(run).map(Run::recordable);
  }

  @Override
  public final synchronized void tick() {
    if (run == null) {
      return;
    }
    long now = clock.nanos();
    if (isWatched(run)) {
      lastWatchedNanos = now;
    } else if (now - lastWatchedNanos >= lingerNanos) {
      close();
    }
  }

  /**
   * By viewers, or by a sink, which is there because somebody wants what it makes: who records
   * wants the recording to go on. A preview looks at what runs anyway.
   */
  private static boolean isWatched(Run run) {
    return !run.viewers().viewers().isEmpty()
        || run.recordable().sinks().stream()
            .filter(sink -> !sink.name().equals(Recordable.PREVIEW))
            .anyMatch(sink -> sink.state() == SinkStatistics.State.RUNNING);
  }

  @Override
  public final synchronized void close() {
    Run current = run;
    run = null;
    if (current != null) {
      current.close();
      LiveMessages.LOG.ended(name);
    }
  }
}
