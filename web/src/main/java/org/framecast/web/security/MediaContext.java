package org.framecast.web.security;

import jakarta.websocket.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import org.framecast.session.SessionSetup;
import org.framecast.stream.flow.Closing;
import org.jspecify.annotations.Nullable;

/**
 * What one connection holds of its session: opened with the connection, closed with it, whatever
 * ends it.
 *
 * <p><b>Thread:</b> any; the container calls one connection's methods one at a time, but an end may
 * come from elsewhere.
 */
public final class MediaContext implements AutoCloseable {
  private static final String KEY = MediaContext.class.getName();

  private final SessionSetup setup;
  private final Deque<Runnable> atClose = new ArrayDeque<>();
  private boolean closed;

  MediaContext(SessionSetup setup) {
    this.setup = setup;
    atClose.push(setup.claim()::release);
  }

  /** The context of an open connection. */
  public static @Nullable MediaContext of(Session connection) {
    return (MediaContext) connection.getUserProperties().get(KEY);
  }

  void attachTo(Session connection) {
    connection.getUserProperties().put(KEY, this);
  }

  public SessionSetup setup() {
    return setup;
  }

  /** Runs when the context closes, the last added first; at once when it is closed already. */
  public void atClose(Runnable action) {
    synchronized (this) {
      if (!closed) {
        atClose.push(action);
        return;
      }
    }
    action.run();
  }

  /** Runs what was left to be run. Idempotent. */
  @Override
  public void close() {
    Deque<Runnable> actions;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      actions = new ArrayDeque<>(atClose);
      atClose.clear();
    }
    Closing.each(actions, Runnable::run);
  }
}
