package org.framecast.stream.webrtc.rtp;

/**
 * The numbers by which one viewer knows a track, as offsets on the shared packets.
 *
 * @param ssrc as 32 bits
 */
public record StreamIdentity(
    int payloadType, int ssrc, int sequenceOffset, int timestampOffset, int pictureIdOffset) {
  /** The same, with the offset by which a shared packet of that number becomes {@code first}. */
  public StreamIdentity startingAt(int sharedSequence, int first) {
    return new StreamIdentity(
        payloadType, ssrc, (first - sharedSequence) & 0xffff, timestampOffset, pictureIdOffset);
  }

  public StreamIdentity {
    if (payloadType < 0 || payloadType > 127) {
      throw new IllegalArgumentException("payload type " + payloadType);
    }
  }
}
