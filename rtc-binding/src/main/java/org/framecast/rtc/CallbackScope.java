package org.framecast.rtc;

/**
 * Knows whether this thread is inside a callback of the library, and whether the library holds
 * locks there that some calls need: those are refused, because they would wait for themselves for
 * ever.
 */
final class CallbackScope {
  private enum Kind {
    EVENT,
    UNDER_LOCK
  }

  private static final ThreadLocal<Kind> CURRENT = new ThreadLocal<>();

  private CallbackScope() {}

  /** Runs a callback during which the peer may be called. */
  static void event(Runnable callback) {
    run(Kind.EVENT, callback);
  }

  /** Runs a callback during which the peer is locked. */
  static void underLock(Runnable callback) {
    run(Kind.UNDER_LOCK, callback);
  }

  private static void run(Kind kind, Runnable callback) {
    Kind outer = CURRENT.get();
    CURRENT.set(outer == Kind.UNDER_LOCK ? outer : kind);
    try {
      callback.run();
    } finally {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
  }

  /** For calls that take the peer's own locks. */
  static void refuseUnderLock(String call) {
    if (CURRENT.get() == Kind.UNDER_LOCK) {
      throw new RtcException(
          RtcException.Code.WRONG_THREAD,
          call + " within a callback for a packet or an incoming track would wait for itself");
    }
  }

  /** For calls that wait for the library's threads. */
  static void refuse(String call) {
    if (CURRENT.get() != null) {
      throw new RtcException(
          RtcException.Code.WRONG_THREAD, call + " within a callback would wait for itself");
    }
  }
}
