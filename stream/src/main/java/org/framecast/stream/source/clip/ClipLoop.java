package org.framecast.stream.source.clip;

import org.framecast.stream.media.AccessUnit;

/**
 * A clip played over and over: the same units, with times that go on. Whoever plays it waits for
 * the time of the next unit.
 *
 * <p><b>Thread:</b> one.
 */
public final class ClipLoop {
  private final Clip clip;
  private final long startNanos;
  private int next;
  private long round;

  ClipLoop(Clip clip, long startNanos) {
    this.clip = clip;
    this.startNanos = startNanos;
  }

  /** When the next unit is due. */
  public long nextPtsNanos() {
    return time(clip.units().get(next));
  }

  /**
   * The next unit, without a copy.
   *
   * <p><b>Ownership:</b> the caller closes it.
   */
  public AccessUnit take() {
    if (clip.closed()) {
      throw new IllegalStateException("clip is closed");
    }
    AccessUnit unit = clip.units().get(next);
    long ptsNanos = time(unit);
    next++;
    if (next == clip.units().size()) {
      next = 0;
      round++;
    }
    return new AccessUnit(
        unit.codec(), unit.kind(), unit.hold().data(), ptsNanos, unit.durationNanos());
  }

  private long time(AccessUnit unit) {
    long first = clip.units().getFirst().ptsNanos();
    return startNanos + round * clip.durationNanos() + unit.ptsNanos() - first;
  }
}
