package org.framecast.stream.webrtc;

/**
 * What one viewer may be sent again: a share of what it was sent in the second before, and a floor.
 * The same packet is not sent twice within a moment, since one request may be told twice.
 *
 * <p><b>Thread:</b> one.
 */
final class RepeatBudget {
  private static final long WINDOW_NANOS = 1_000_000_000L;
  private static final long MOMENT_NANOS = 10_000_000L;
  private static final int RECENT = 64;

  private final FanOutSettings.Repeats settings;
  private final int[] recentSequences = new int[RECENT];
  private final long[] recentNanos = new long[RECENT];
  private long windowNanos;
  private long sentBytes;
  private long leftBytes;

  RepeatBudget(FanOutSettings.Repeats settings, long nowNanos) {
    this.settings = settings;
    windowNanos = nowNanos;
    leftBytes = settings.floorBytesPerSecond();
    java.util.Arrays.fill(recentSequences, -1);
  }

  /** Media went out. */
  void sent(long bytes, long nowNanos) {
    roll(nowNanos);
    sentBytes += bytes;
  }

  /** Whether the same was not sent again just now; if so it is noted. */
  boolean isNew(int sequence, long nowNanos) {
    int slot = sequence & (RECENT - 1);
    if (recentSequences[slot] == sequence && nowNanos - recentNanos[slot] < MOMENT_NANOS) {
      return false;
    }
    recentSequences[slot] = sequence;
    recentNanos[slot] = nowNanos;
    return true;
  }

  /** Whether so many bytes may be sent again; if so they are taken off. */
  boolean take(int bytes, long nowNanos) {
    roll(nowNanos);
    if (bytes > leftBytes) {
      return false;
    }
    leftBytes -= bytes;
    return true;
  }

  private void roll(long nowNanos) {
    if (nowNanos - windowNanos < WINDOW_NANOS) {
      return;
    }
    boolean adjacent = nowNanos - windowNanos < 2 * WINDOW_NANOS;
    long share = adjacent ? sentBytes * settings.percent() / 100 : 0;
    leftBytes = settings.floorBytesPerSecond() + share;
    sentBytes = 0;
    windowNanos = nowNanos;
  }
}
