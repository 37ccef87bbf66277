package org.framecast.rtc;

import org.jspecify.annotations.Nullable;

/**
 * Turns the C API's codes into exceptions. The reason in words is only in the library's log; it is
 * written on the calling thread just before the code is returned, and is remembered here.
 */
final class NativeErrors {
  private static final int INVALID = -1;
  private static final int NOT_AVAILABLE = -3;

  private static final ThreadLocal<@Nullable String> LAST_REASON = new ThreadLocal<>();

  private NativeErrors() {}

  /** Takes an error line of the library's log, as in {@code wrap@214: reason}. */
  static void remember(String logged) {
    int end = logged.indexOf(": ");
    int at = logged.indexOf('@');
    LAST_REASON.set(at >= 0 && at < end ? logged.substring(end + 2) : logged);
  }

  static void forget() {
    LAST_REASON.remove();
  }

  /** Returns a result that is not an error. */
  static int check(int result, String call) {
    if (result >= 0) {
      return result;
    }
    String reason = LAST_REASON.get();
    forget();
    throw new RtcException(
        code(result), call + ": " + (reason == null ? "error " + result : reason));
  }

  private static RtcException.Code code(int result) {
    return switch (result) {
      case INVALID -> RtcException.Code.INVALID_ARGUMENT;
      case NOT_AVAILABLE -> RtcException.Code.NOT_AVAILABLE;
      default -> RtcException.Code.FAILURE;
    };
  }
}
