package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The header of one RTP packet; one object, filled for each packet.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Source:</b> RFC 3550 §5.1, §5.3.1.
 */
final class RtpHeader {
  static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final int FIXED_BYTES = 12;

  private int payloadType;
  private boolean marker;
  private int sequence;
  private int timestamp;
  private int ssrc;
  private long payloadAt;
  private int payloadBytes;

  /**
   * Reads the packet at an offset.
   *
   * @return false when it is no RTP packet; the values are of no use then
   */
  boolean read(MemorySegment memory, long at, int sizeBytes) {
    if (sizeBytes < FIXED_BYTES) {
      return false;
    }
    int first = memory.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    if (first >> 6 != 2) {
      return false;
    }
    int header = FIXED_BYTES + 4 * (first & 0x0f);
    if ((first & 0x10) != 0) {
      if (header + 4 > sizeBytes) {
        return false;
      }
      header += 4 + 4 * (memory.get(SHORT, at + header + 2) & 0xffff);
    }
    int padding = 0;
    if ((first & 0x20) != 0) {
      padding = memory.get(ValueLayout.JAVA_BYTE, at + sizeBytes - 1) & 0xff;
      if (padding == 0) {
        return false;
      }
    }
    if (header + padding > sizeBytes) {
      return false;
    }
    int second = memory.get(ValueLayout.JAVA_BYTE, at + 1) & 0xff;
    marker = (second & 0x80) != 0;
    payloadType = second & 0x7f;
    sequence = memory.get(SHORT, at + 2) & 0xffff;
    timestamp = memory.get(INT, at + 4);
    ssrc = memory.get(INT, at + 8);
    payloadAt = at + header;
    payloadBytes = sizeBytes - header - padding;
    return true;
  }

  int payloadType() {
    return payloadType;
  }

  boolean marker() {
    return marker;
  }

  int sequence() {
    return sequence;
  }

  int timestamp() {
    return timestamp;
  }

  int ssrc() {
    return ssrc;
  }

  /** Where the payload begins in the memory that was read. */
  long payloadAt() {
    return payloadAt;
  }

  /** 0 for a packet of padding alone. */
  int payloadBytes() {
    return payloadBytes;
  }
}
