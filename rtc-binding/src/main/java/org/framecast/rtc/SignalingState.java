package org.framecast.rtc;

/** Where offer and answer stand; the order is that of the C API. */
public enum SignalingState {
  STABLE,
  HAVE_LOCAL_OFFER,
  HAVE_REMOTE_OFFER,
  HAVE_LOCAL_PRANSWER,
  HAVE_REMOTE_PRANSWER;

  private static final SignalingState[] VALUES = values();

  static SignalingState of(int number) {
    return VALUES[number];
  }
}
