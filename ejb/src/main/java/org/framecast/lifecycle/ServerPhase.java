package org.framecast.lifecycle;

import jakarta.inject.Singleton;

/**
 * How far the application has come; requests are welcome between start and stop.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class ServerPhase {
  private volatile Phase phase = Phase.STARTING;

  /** The phases in their order. */
  public enum Phase {
    STARTING,
    READY,
    STOPPING
  }

  void enter(Phase next) {
    phase = next;
  }

  public Phase now() {
    return phase;
  }
}
