package org.framecast.stream.time;

/** The one monotonic clock of the data plane, handed in. */
@FunctionalInterface
public interface MediaClock {
  /** Nanoseconds since an arbitrary origin; never steps back. */
  long nanos();

  /** The machine's monotonic clock. */
  static MediaClock system() {
    return System::nanoTime;
  }
}
