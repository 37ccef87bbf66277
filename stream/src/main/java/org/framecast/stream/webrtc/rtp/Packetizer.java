package org.framecast.stream.webrtc.rtp;

import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaException;

/**
 * Cuts access units into RTP packets.
 *
 * <p><b>Thread:</b> one at a time.
 */
public interface Packetizer {
  /** What became of an access unit. */
  enum Outcome {
    PACKETIZED,
    /** It is empty, or larger than the codec's packets allow. */
    REFUSED
  }

  /**
   * Replaces the content of the batch with the packets of one unit.
   *
   * <p><b>Ownership:</b> the unit is lent for the call.
   */
  Outcome packetize(AccessUnit unit, PacketBatch batch);

  /**
   * A packetizer for a codec.
   *
   * @throws MediaException with UNSUPPORTED for a codec without one
   */
  static Packetizer of(Codec codec) {
    return switch (codec) {
      case VP8 -> new Vp8Packetizer();
      case OPUS -> new OpusPacketizer();
      case VP9, H264, AV1 ->
          throw new MediaException(MediaException.Code.UNSUPPORTED, "no packetizer for " + codec);
    };
  }
}
