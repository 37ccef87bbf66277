package org.framecast.rtc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** RTP and RTCP packets, written by hand. */
final class Packets {
  static final int SENDER_SSRC = 0x1234_5678;
  static final int RECEIVER_SSRC = 0x0000_0001;
  static final int HEADER_BYTES = 12;

  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private Packets() {}

  static MemorySegment rtp(Arena arena, int payloadType, int sequence, int ssrc, int payloadBytes) {
    MemorySegment packet = arena.allocate(HEADER_BYTES + payloadBytes);
    packet.set(ValueLayout.JAVA_BYTE, 0, (byte) 0x80);
    packet.set(ValueLayout.JAVA_BYTE, 1, (byte) payloadType);
    packet.set(U16, 2, (short) sequence);
    packet.set(U32, 4, sequence * 3_000);
    packet.set(U32, 8, ssrc);
    packet.asSlice(HEADER_BYTES).fill((byte) sequence);
    return packet;
  }

  static void sequence(MemorySegment packet, int sequence) {
    packet.set(U16, 2, (short) sequence);
  }

  static int sequence(MemorySegment packet) {
    return Short.toUnsignedInt(packet.get(U16, 2));
  }

  static int ssrc(MemorySegment packet) {
    return packet.get(U32, 8);
  }

  /** RFC 4585 §6.3.1. */
  static MemorySegment pictureLossIndication(Arena arena, int mediaSsrc) {
    return rtcp(arena, 1, 206, RECEIVER_SSRC, mediaSsrc);
  }

  /** RFC 4585 §6.2.1: one lost packet. */
  static MemorySegment nack(Arena arena, int mediaSsrc, int sequence) {
    return rtcp(arena, 1, 205, RECEIVER_SSRC, mediaSsrc, sequence << 16);
  }

  /** draft-alvestrand-rmcat-remb-03 §2.2; the bitrate must fit the 18 bits of the mantissa. */
  static MemorySegment remb(Arena arena, int mediaSsrc, int bitrateBps) {
    return rtcp(arena, 15, 206, RECEIVER_SSRC, 0, 0x52_45_4D_42, 1 << 24 | bitrateBps, mediaSsrc);
  }

  /** RFC 3550 §6.5: a chunk with an item that claims more bytes than there are. */
  static MemorySegment brokenSourceDescription(Arena arena) {
    return rtcp(arena, 1, 202, RECEIVER_SSRC, 0x01_FF_41_41, 0x41_41_41_41);
  }

  static MemorySegment rtcp(Arena arena, int count, int type, int... words) {
    MemorySegment packet = arena.allocate(4L + 4L * words.length);
    packet.set(ValueLayout.JAVA_BYTE, 0, (byte) (0x80 | count));
    packet.set(ValueLayout.JAVA_BYTE, 1, (byte) type);
    packet.set(U16, 2, (short) words.length);
    for (int i = 0; i < words.length; i++) {
      packet.set(U32, 4L + 4L * i, words[i]);
    }
    return packet;
  }
}
