package org.framecast.stream.media;

/** A codec, with its name in SDP and the clock rate of its RTP payload. */
public enum Codec {
  VP8("VP8", 90_000),
  VP9("VP9", 90_000),
  H264("H264", 90_000),
  AV1("AV1", 90_000),
  OPUS("opus", 48_000);

  private final String sdpName;
  private final int clockRateHz;

  Codec(String sdpName, int clockRateHz) {
    this.sdpName = sdpName;
    this.clockRateHz = clockRateHz;
  }

  /** The encoding name of {@code a=rtpmap}; compared without regard to case. */
  public String sdpName() {
    return sdpName;
  }

  public int clockRateHz() {
    return clockRateHz;
  }
}
