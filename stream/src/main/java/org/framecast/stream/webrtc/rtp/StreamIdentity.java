package org.framecast.stream.webrtc.rtp;

/**
 * By what one viewer knows a track.
 *
 * @param ssrc as 32 bits
 * @param sendTimeId of the header extension that carries the time of sending, 0 for none
 *     <p><b>Source:</b> RFC 3550 §5.1, RFC 8285 §4.2.
 */
public record StreamIdentity(int payloadType, int ssrc, int sendTimeId) {
  public StreamIdentity {
    if (payloadType < 0 || payloadType > 127) {
      throw new IllegalArgumentException("payload type " + payloadType);
    }
    // 15 is reserved for two-byte headers.
    if (sendTimeId < 0 || sendTimeId > 14) {
      throw new IllegalArgumentException("header extension " + sendTimeId);
    }
  }
}
