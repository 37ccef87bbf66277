package org.framecast.stream.transport;

/** The state of a peer connection, as in the W3C's {@code RTCPeerConnectionState}. */
public enum PeerState {
  NEW,
  CONNECTING,
  CONNECTED,
  DISCONNECTED,
  FAILED,
  CLOSED
}
