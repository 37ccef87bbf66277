package org.framecast.rtc;

/**
 * The state of a peer connection: ICE, DTLS and all. {@link #CONNECTED} means that media can flow.
 *
 * <p><b>Source</b>: W3C WebRTC §4.3.3; the order is that of the C API.
 */
public enum PeerState {
  NEW,
  CONNECTING,
  CONNECTED,
  /** The remote side is silent; the library closes the connection by itself. */
  DISCONNECTED,
  /** No connection, and none will come. */
  FAILED,
  /** The last state, also after {@link #FAILED} and {@link #DISCONNECTED}. */
  CLOSED;

  private static final PeerState[] VALUES = values();

  static PeerState of(int number) {
    return VALUES[number];
  }

  /** Whether no media will flow any more. */
  public boolean isFinal() {
    return this == DISCONNECTED || this == FAILED || this == CLOSED;
  }
}
