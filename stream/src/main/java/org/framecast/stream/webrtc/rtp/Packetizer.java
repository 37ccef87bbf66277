package org.framecast.stream.webrtc.rtp;

import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;

/**
 * Cuts access units into RTP packets.
 *
 * <p><b>Thread:</b> one at a time.
 */
public interface Packetizer {
  /** What became of an access unit. */
  enum Outcome {
    PACKETIZED,
    /** It is empty, larger than a unit may be, or not of its codec's shape. */
    REFUSED
  }

  /**
   * Writes the packets of one unit into the history, which does not show them before they are
   * committed. A refused unit leaves nothing there.
   *
   * <p><b>Ownership:</b> the unit is lent for the call.
   */
  Outcome packetize(AccessUnit unit, PacketHistory history);

  /** Where a picture's number of 15 bits stands in the payload of each packet, or -1. */
  default int pictureIdAt() {
    return -1;
  }

  /** A packetizer for a codec. */
  static Packetizer of(Codec codec) {
    return switch (codec) {
      case VP8 -> new Vp8Packetizer();
      case VP9 -> new Vp9Packetizer();
      case H264 -> new H264Packetizer();
      case AV1 -> new Av1Packetizer();
      case OPUS -> new OpusPacketizer();
    };
  }
}
