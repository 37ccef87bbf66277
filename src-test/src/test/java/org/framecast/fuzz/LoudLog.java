package org.framecast.fuzz;

import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Hears what is logged above DEBUG, by whom ever. */
final class LoudLog extends Handler {
  private static final LoudLog INSTANCE = new LoudLog();

  static {
    Logger.getLogger("").addHandler(INSTANCE);
  }

  private final AtomicReference<String> first = new AtomicReference<>();

  private LoudLog() {}

  /** The one of this JVM. */
  static LoudLog listen() {
    return INSTANCE;
  }

  /**
   * Forgets what it heard.
   *
   * @throws AssertionError if there was anything since the last call
   */
  void requireSilence() {
    if (first.get() != null) {
      throw new AssertionError("logged: " + first.getAndSet(null));
    }
  }

  @Override
  public void publish(LogRecord line) {
    if (line.getLevel().intValue() > Level.FINE.intValue()) {
      first.compareAndSet(
          null, line.getLevel() + " " + line.getLoggerName() + ": " + line.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
