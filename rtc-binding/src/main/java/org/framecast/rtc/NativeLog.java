package org.framecast.rtc;

import org.jboss.logging.Logger;

/**
 * The library's log in the server's: category {@code org.framecast.rtc.native}. What peers do on
 * the network is its noise, so nothing of it is above DEBUG but what is fatal.
 */
final class NativeLog {
  private static final Logger LOG = Logger.getLogger("org.framecast.rtc.native");

  private static final int FATAL = 1;
  private static final int ERROR = 2;
  private static final int INFO = 4;
  private static final int VERBOSE = 6;

  private NativeLog() {}

  /** The most detailed level that would be written now. Errors are always wanted: as reasons. */
  static int level() {
    if (LOG.isTraceEnabled()) {
      return VERBOSE;
    }
    return LOG.isDebugEnabled() ? INFO : ERROR;
  }

  static void write(int level, String text) {
    if (level <= ERROR) {
      NativeErrors.remember(text);
    }
    if (level <= FATAL) {
      LOG.warn(text);
    } else if (level <= INFO) {
      LOG.debug(text);
    } else {
      LOG.trace(text);
    }
  }
}
