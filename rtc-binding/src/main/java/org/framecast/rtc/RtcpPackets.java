package org.framecast.rtc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** Tells RTCP from RTP on one port. */
final class RtcpPackets {
  private static final int FIRST_TYPE = 192;
  private static final int LAST_TYPE = 223;

  private RtcpPackets() {}

  /** <b>Source</b>: RFC 5761 §4. */
  static boolean isRtcp(MemorySegment packet) {
    if (packet.byteSize() < 2) {
      return false;
    }
    int type = Byte.toUnsignedInt(packet.get(JAVA_BYTE, 1));
    return type >= FIRST_TYPE && type <= LAST_TYPE;
  }
}
