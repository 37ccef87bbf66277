package org.framecast.stream.webrtc.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.framecast.stream.media.AccessUnit;

/**
 * VP9 in RTP without layers: a descriptor of three bytes with a picture number of 15 bits, then a
 * part of the frame, all of equal size. Each picture refers to the one before, which is what a
 * receiver takes for granted where neither layer indices nor references are given, so there is no
 * TL0PICIDX and no scalability structure.
 *
 * <p><b>Source:</b> RFC 9628 §4.2.
 */
public final class Vp9Packetizer implements Packetizer {
  private static final int DESCRIPTOR_BYTES = 3;
  private static final int MAX_PART_BYTES = PacketHistory.MAX_PAYLOAD_BYTES - DESCRIPTOR_BYTES;
  private static final int HAS_PICTURE_ID = 0x80;
  private static final int INTER_PICTURE = 0x40;
  private static final int START_OF_FRAME = 0x08;
  private static final int END_OF_FRAME = 0x04;

  private int pictureId;

  @Override
  public int pictureIdAt() {
    return 1;
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
    int common =
        unit.kind() == AccessUnit.Kind.KEYFRAME ? HAS_PICTURE_ID : HAS_PICTURE_ID | INTER_PICTURE;
    int part = (bytes + parts - 1) / parts;
    int position = 0;
    for (int i = 0; i < parts; i++) {
      int size = Math.min(part, bytes - position);
      long payload = history.add(DESCRIPTOR_BYTES + size);
      MemorySegment memory = history.memory();
      int first = common | (i == 0 ? START_OF_FRAME : 0) | (i == parts - 1 ? END_OF_FRAME : 0);
      memory.set(ValueLayout.JAVA_BYTE, payload, (byte) first);
      memory.set(PacketHistory.SHORT, payload + 1, (short) (0x8000 | pictureId));
      MemorySegment.copy(source, position, memory, payload + DESCRIPTOR_BYTES, size);
      position += size;
    }
    history.mark();
    pictureId = (pictureId + 1) & 0x7fff;
    return Outcome.PACKETIZED;
  }
}
