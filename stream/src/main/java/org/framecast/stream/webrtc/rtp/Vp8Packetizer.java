package org.framecast.stream.webrtc.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.framecast.stream.media.AccessUnit;

/**
 * VP8 in RTP: a descriptor of four bytes with a picture number of 15 bits, then a part of the
 * frame. The parts are of equal size, so that no packet is small.
 *
 * <p><b>Source:</b> RFC 7741 §4.
 */
public final class Vp8Packetizer implements Packetizer {
  static final int DESCRIPTOR_BYTES = 4;

  /** Where the picture number stands in a packet. */
  static final int PICTURE_ID_OFFSET = PacketBatch.HEADER_BYTES + 2;

  private static final int MAX_PART_BYTES = PacketBatch.MAX_PAYLOAD_BYTES - DESCRIPTOR_BYTES;
  private static final byte EXTENDED = (byte) 0x80;
  private static final byte START_OF_PARTITION = 0x10;
  private static final byte HAS_PICTURE_ID = (byte) 0x80;

  private int pictureId;

  @Override
  public Outcome packetize(AccessUnit unit, PacketBatch batch) {
    int bytes = unit.data().sizeBytes();
    int parts = (bytes + MAX_PART_BYTES - 1) / MAX_PART_BYTES;
    if (parts == 0 || parts > PacketBatch.MAX_PACKETS) {
      return Outcome.REFUSED;
    }
    batch.begin(RtpTime.of(unit.ptsNanos(), unit.codec().clockRateHz()), pictureId);
    pictureId = (pictureId + 1) & 0x7fff;
    MemorySegment source = unit.data().block();
    int position = 0;
    for (int i = 0; i < parts; i++) {
      int left = parts - i;
      int size = (bytes - position + left - 1) / left;
      MemorySegment packet = batch.add(DESCRIPTOR_BYTES + size);
      byte first = (byte) (i == 0 ? EXTENDED | START_OF_PARTITION : EXTENDED);
      packet.set(ValueLayout.JAVA_BYTE, PacketBatch.HEADER_BYTES, first);
      packet.set(ValueLayout.JAVA_BYTE, PacketBatch.HEADER_BYTES + 1, HAS_PICTURE_ID);
      MemorySegment.copy(
          source, position, packet, PacketBatch.HEADER_BYTES + DESCRIPTOR_BYTES, size);
      position += size;
    }
    batch.mark();
    return Outcome.PACKETIZED;
  }
}
