package org.framecast.stream.time;

/**
 * What a timer does about beats that nobody waited for in time.
 *
 * @param atMost how many of them follow at once, the newest of them; those before are left out
 */
public record MissedBeats(long atMost) {
  /** All are left out: for live pictures, where only the newest counts. */
  public static final MissedBeats SKIP = new MissedBeats(0);

  /** All follow at once: for what must lose nothing. */
  public static final MissedBeats CATCH_UP = new MissedBeats(Long.MAX_VALUE);

  public MissedBeats {
    if (atMost < 0) {
      throw new IllegalArgumentException(atMost + " missed beats");
    }
  }

  /** The newest so many follow at once: for sound, where a short gap is heard. */
  public static MissedBeats catchUp(long atMost) {
    return new MissedBeats(atMost);
  }

  /** The first beat to be given when {@code passed} is the last whose time has come. */
  long first(long passed) {
    return Math.max(0, passed - Math.min(passed, atMost));
  }
}
