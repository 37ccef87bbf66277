package org.framecast.rtc;

/** How far the gathering of local candidates is; the order is that of the C API. */
public enum GatheringState {
  NEW,
  IN_PROGRESS,
  /** The local description now holds every candidate. */
  COMPLETE;

  private static final GatheringState[] VALUES = values();

  static GatheringState of(int number) {
    return VALUES[number];
  }
}
