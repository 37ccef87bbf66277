package org.framecast.rtc;

/** Who starts an offer or an answer. */
public enum Negotiation {
  /** The caller, by {@link PeerConnection#setLocalDescription}. */
  MANUAL,
  /** The library, as soon as a remote offer is set. */
  AUTOMATIC
}
