package org.framecast.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts events per key in a sliding window.
 *
 * <p><b>Thread:</b> any.
 */
public final class RateWindow {
  /** More keys than this at a time are taken for an attack: stale ones are forgotten, then all. */
  private static final int MAX_KEYS = 10_000;

  private final int limit;
  private final Duration window;
  private final InstantSource clock;
  private final Map<String, ArrayDeque<Instant>> events = new HashMap<>();

  public RateWindow(int limit, Duration window, InstantSource clock) {
    this.limit = limit;
    this.window = window;
    this.clock = clock;
  }

  /** Whether the window of this key holds as many events as it may. */
  public synchronized boolean isFull(String key) {
    return recent(key).size() >= limit;
  }

  /** Adds one event; false when it is one too many. */
  public synchronized boolean count(String key) {
    if (events.size() >= MAX_KEYS) {
      Instant horizon = clock.instant().minus(window);
      events.values().removeIf(times -> times.isEmpty() || times.getLast().isBefore(horizon));
      if (events.size() >= MAX_KEYS) {
        events.clear();
      }
    }
    ArrayDeque<Instant> times = recent(key);
    times.addLast(clock.instant());
    events.put(key, times);
    if (times.size() <= limit) {
      return true;
    }
    times.removeFirst();
    return false;
  }

  /** How long until one more event fits: whole seconds, one at least. */
  public synchronized Duration wait(String key) {
    ArrayDeque<Instant> times = recent(key);
    if (times.size() < limit) {
      return Duration.ofSeconds(1);
    }
    Duration left = Duration.between(clock.instant(), times.getFirst().plus(window));
    return Duration.ofSeconds(Math.max(1, left.plusMillis(999).toSeconds()));
  }

  private ArrayDeque<Instant> recent(String key) {
    ArrayDeque<Instant> times = events.getOrDefault(key, new ArrayDeque<>());
    Instant horizon = clock.instant().minus(window);
    while (!times.isEmpty() && times.getFirst().isBefore(horizon)) {
      times.removeFirst();
    }
    return times;
  }
}
