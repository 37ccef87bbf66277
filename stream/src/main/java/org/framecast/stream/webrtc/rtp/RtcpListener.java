package org.framecast.stream.webrtc.rtp;

/** Hears what a receiver reports; the SSRC says of which track. */
public interface RtcpListener {
  /**
   * A report block.
   *
   * @param fractionLost since the last report, in 256ths
   * @param packetsLost since the start
   * @param jitter in units of the track's clock
   */
  void report(int ssrc, int fractionLost, int packetsLost, int jitter);

  /** PLI or FIR. */
  void keyframeWanted(int ssrc);

  /** The receiver's estimate of what it can take, for all of its tracks. */
  void bitrateLimit(long bitrateBps);

  /**
   * A packet is missing.
   *
   * @param following a bit for each of the 16 packets after it that is missing too
   */
  void missing(int ssrc, int sequence, int following);

  /**
   * A sender report.
   *
   * @param ntp 32 bits of seconds since 1900 and 32 bits of fraction
   * @param rtpTimestamp the same moment on the track's clock
   */
  default void senderReport(int ssrc, long ntp, int rtpTimestamp) {}
}
