package org.framecast.live;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.framecast.stream.pipeline.SinkStatistics;

/**
 * Switches on what sinks need while there are some, and off when the last of them has gone. It
 * looks at which run, and counts no comings and goings, so that their order does not matter.
 *
 * <p><b>Thread:</b> any. Its lock is held while it switches.
 */
final class SinkDemand {
  private final Supplier<List<SinkStatistics>> sinks;
  private final Predicate<String> needing;
  private final Runnable switchOn;
  private final Runnable switchOff;
  private volatile boolean on;

  /**
   * @param sinks those that there are
   * @param needing which of them count, by their names
   */
  SinkDemand(
      Supplier<List<SinkStatistics>> sinks,
      Predicate<String> needing,
      Runnable switchOn,
      Runnable switchOff) {
    this.sinks = sinks;
    this.needing = needing;
    this.switchOn = switchOn;
    this.switchOff = switchOff;
  }

  /** Looks again; to be called after every sink that came or went. */
  synchronized void settle() {
    boolean needed =
        sinks.get().stream()
            .anyMatch(
                sink -> sink.state() == SinkStatistics.State.RUNNING && needing.test(sink.name()));
    if (needed != on) {
      on = needed;
      (needed ? switchOn : switchOff).run();
    }
  }

  boolean isOn() {
    return on;
  }
}
