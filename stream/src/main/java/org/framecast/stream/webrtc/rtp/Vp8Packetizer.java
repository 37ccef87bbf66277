package org.framecast.stream.webrtc.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.framecast.stream.media.AccessUnit;

/**
 * VP8 in RTP: a descriptor of four bytes with a picture number of 15 bits, then a part of the
 * frame. The parts are of equal size and the last a few bytes smaller, so that no packet is small
 * and one call sends them all. There are no temporal layers, so neither TL0PICIDX nor TID is there.
 *
 * <p><b>Source:</b> RFC 7741 §4.
 */
public final class Vp8Packetizer implements Packetizer {
  private static final int DESCRIPTOR_BYTES = 4;
  private static final int MAX_PART_BYTES = PacketHistory.MAX_PAYLOAD_BYTES - DESCRIPTOR_BYTES;
  private static final byte EXTENDED = (byte) 0x80;
  private static final byte START_OF_PARTITION = 0x10;
  private static final byte HAS_PICTURE_ID = (byte) 0x80;

  private int pictureId;

  @Override
  public int pictureIdAt() {
    return 2;
  }

  @Override
  public Outcome packetize(AccessUnit unit, PacketHistory history) {
    int bytes = unit.data().sizeBytes();
    int parts = (bytes + MAX_PART_BYTES - 1) / MAX_PART_BYTES;
    if (parts == 0 || parts > PacketHistory.MAX_PACKETS) {
      return Outcome.REFUSED;
    }
    history.begin(RtpTime.of(unit.ptsNanos(), unit.codec().clockRateHz()));
    MemorySegment source = unit.data().block();
    int part = (bytes + parts - 1) / parts;
    int position = 0;
    for (int i = 0; i < parts; i++) {
      int size = Math.min(part, bytes - position);
      long payload = history.add(DESCRIPTOR_BYTES + size);
      MemorySegment memory = history.memory();
      byte first = (byte) (i == 0 ? EXTENDED | START_OF_PARTITION : EXTENDED);
      memory.set(ValueLayout.JAVA_BYTE, payload, first);
      memory.set(ValueLayout.JAVA_BYTE, payload + 1, HAS_PICTURE_ID);
      memory.set(PacketHistory.SHORT, payload + 2, (short) (0x8000 | pictureId));
      MemorySegment.copy(source, position, memory, payload + DESCRIPTOR_BYTES, size);
      position += size;
    }
    history.mark();
    pictureId = (pictureId + 1) & 0x7fff;
    return Outcome.PACKETIZED;
  }
}
