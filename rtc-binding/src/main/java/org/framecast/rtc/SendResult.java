package org.framecast.rtc;

/** What became of a packet. */
public enum SendResult {
  /** It was encrypted and given to the socket. */
  SENT,
  /** The track is not open yet, or not any more. */
  NOT_OPEN,
  /** The library refused it, for instance because it repeats a sequence number too old. */
  REFUSED
}
