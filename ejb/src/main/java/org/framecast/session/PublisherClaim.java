package org.framecast.session;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A session's one place for a publisher: reserved by a handshake, confirmed when the connection
 * opens, released when it ends. A reservation that nobody confirms lapses.
 *
 * <p><b>Thread:</b> any.
 */
public final class PublisherClaim {
  private final Session session;
  private final Instant reservedAt;
  private final AtomicBoolean confirmed = new AtomicBoolean();

  PublisherClaim(Session session, Instant reservedAt) {
    this.session = session;
    this.reservedAt = reservedAt;
  }

  /** Keeps the place until it is released; false when the reservation has lapsed meanwhile. */
  public boolean confirm() {
    confirmed.set(true);
    return session.holds(this);
  }

  /** Gives the place up. Idempotent. */
  public void release() {
    session.release(this);
  }

  boolean lapsed(Instant horizon) {
    return !confirmed.get() && reservedAt.isBefore(horizon);
  }
}
