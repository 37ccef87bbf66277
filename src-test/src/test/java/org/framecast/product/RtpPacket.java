package org.framecast.product;

import java.util.Arrays;

/**
 * One RTP packet as it came.
 *
 * <p><b>Source:</b> RFC 3550 §5.1.
 *
 * @param sequence 16 bits
 * @param timestamp 32 bits
 * @param payload what follows the header
 */
@SuppressWarnings("ArrayRecordComponent")
record RtpPacket(boolean marker, int sequence, long timestamp, byte[] payload) {
  private static final int FIXED_HEADER = 12;

  static RtpPacket parse(byte[] packet) {
    int header = FIXED_HEADER + 4 * (packet[0] & 0x0F);
    if ((packet[0] & 0x10) != 0) {
      header += 4 + 4 * (unsigned(packet, header + 2) << 8 | unsigned(packet, header + 3));
    }
    int padding = (packet[0] & 0x20) != 0 ? unsigned(packet, packet.length - 1) : 0;
    return new RtpPacket(
        (packet[1] & 0x80) != 0,
        unsigned(packet, 2) << 8 | unsigned(packet, 3),
        (long) unsigned(packet, 4) << 24
            | unsigned(packet, 5) << 16
            | unsigned(packet, 6) << 8
            | unsigned(packet, 7),
        Arrays.copyOfRange(packet, header, packet.length - padding));
  }

  private static int unsigned(byte[] bytes, int at) {
    return bytes[at] & 0xFF;
  }
}
