package org.framecast.rtc;

/** A failure of the WebRTC library or of its use; the code says which. */
public final class RtcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Code {
    /** The library refuses an argument, such as a session description that it cannot parse. */
    INVALID_ARGUMENT,
    /** The library failed while it worked, for instance in a state that forbids the call. */
    FAILURE,
    /** What was asked for does not exist yet. */
    NOT_AVAILABLE,
    /** The peer, the track or the library is closed. */
    CLOSED,
    /** A call from a callback that would wait for itself. */
    WRONG_THREAD,
    /** The library is open already; there is one in a process. */
    ALREADY_OPEN,
    /** There is no native library. */
    LIBRARY_MISSING,
    /** There is a native library, and it cannot be loaded. */
    LIBRARY_UNUSABLE,
    /** The native library is not of the version that this binding knows. */
    LIBRARY_VERSION,
    /** The library's threads did not end before the deadline. */
    CLEANUP_TIMEOUT
  }

  private final Code code;

  RtcException(Code code, String message) {
    super(message);
    this.code = code;
  }

  RtcException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }

  /** What happened, in words for an operator; not for the other side of a connection. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
