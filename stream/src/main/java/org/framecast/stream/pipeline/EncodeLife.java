package org.framecast.stream.pipeline;

/**
 * Says to an encode loop whether anyone still needs it.
 *
 * <p><b>Thread:</b> the loop's own.
 */
interface EncodeLife {
  /** Whether the loop is to end now; asked before each frame, and while there is none. */
  boolean over();

  /** The loop is through: its encoder is closed and nothing is delivered any more. */
  void ended();

  /** A life that only a stop ends. */
  static EncodeLife untilStopped() {
    return Unlimited.INSTANCE;
  }

  /** Never over. */
  enum Unlimited implements EncodeLife {
    INSTANCE;

    @Override
    public boolean over() {
      return false;
    }

    @Override
    public void ended() {}
  }
}
