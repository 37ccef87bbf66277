package org.framecast.rtc;

/** Which local candidates are used; the order is that of the C API. */
public enum CandidatePolicy {
  ALL,
  /** Only relayed ones: the peer's own addresses stay hidden. */
  RELAY
}
