package org.framecast.stream.source.clip;

import java.util.Comparator;
import java.util.List;
import org.framecast.stream.media.AccessUnit;

/**
 * Coded pictures and sound in memory, to be played any number of times.
 *
 * <p><b>Thread:</b> any; nothing changes until it is closed.
 *
 * <p><b>Ownership:</b> holds its units; units that a {@link ClipLoop} has handed out live on after
 * {@link #close()}.
 */
public final class Clip implements AutoCloseable {
  private final ClipFile.FrameSize size;
  private final long durationNanos;
  private final List<AccessUnit> units;
  private volatile boolean closed;

  /** Takes over the units; they are put in the order of their times, pictures first. */
  Clip(ClipFile.FrameSize size, long durationNanos, List<AccessUnit> units) {
    this.size = size;
    this.durationNanos = durationNanos;
    this.units = units.stream().sorted(Comparator.comparingLong(AccessUnit::ptsNanos)).toList();
  }

  public ClipFile.FrameSize size() {
    return size;
  }

  /** From the start of the first unit to the end of the last: where a loop begins again. */
  public long durationNanos() {
    return durationNanos;
  }

  /** The units in the order of their times, lent. */
  public List<AccessUnit> units() {
    return units;
  }

  /** Starts to play: the first unit's time becomes {@code startNanos}. */
  public ClipLoop loop(long startNanos) {
    return new ClipLoop(this, startNanos);
  }

  boolean closed() {
    return closed;
  }

  /** Idempotent. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      units.forEach(AccessUnit::close);
    }
  }
}
