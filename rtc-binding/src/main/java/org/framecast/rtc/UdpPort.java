package org.framecast.rtc;

/** Whether peers share one UDP port. */
public enum UdpPort {
  /** All peers on the same port; ICE's user fragment tells them apart. */
  SHARED,
  /** Each peer has its own. */
  OWN
}
