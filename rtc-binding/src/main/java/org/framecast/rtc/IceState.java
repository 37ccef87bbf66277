package org.framecast.rtc;

/** The state of the search for a path between the peers; the order is that of the C API. */
public enum IceState {
  NEW,
  CHECKING,
  CONNECTED,
  COMPLETED,
  FAILED,
  DISCONNECTED,
  CLOSED;

  private static final IceState[] VALUES = values();

  static IceState of(int number) {
    return VALUES[number];
  }
}
