package org.framecast.stream.webrtc.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a sender report and its SDES with the canonical name as one compound packet.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Source:</b> RFC 3550 §6.4.1, §6.5.
 */
public final class SenderReport {
  /** Room for any report. */
  public static final int MAX_BYTES = 28 + 4 + 4 + 2 + 255 + 4;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int REPORT_BYTES = 28;
  private static final byte VERSION = (byte) 0x80;
  private static final byte ONE_CHUNK = (byte) 0x81;
  private static final byte TYPE_SR = (byte) 200;
  private static final byte TYPE_SDES = (byte) 202;
  private static final byte ITEM_CNAME = 1;

  private SenderReport() {}

  /** The bytes of a canonical name; at most 255. */
  public static byte[] cname(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > 255) {
      throw new IllegalArgumentException("canonical name of " + bytes.length + " bytes");
    }
    return bytes;
  }

  /**
   * Writes the packet and returns its size in bytes.
   *
   * @param target at least {@link #MAX_BYTES}
   * @param ntp the time that {@code rtpTimestamp} stands for
   * @param packets sent so far, modulo 2³²
   * @param payloadBytes sent so far, modulo 2³²
   */
  public static int write(
      MemorySegment target,
      int ssrc,
      long ntp,
      int rtpTimestamp,
      int packets,
      int payloadBytes,
      byte[] cname) {
    target.set(ValueLayout.JAVA_BYTE, 0, VERSION);
    target.set(ValueLayout.JAVA_BYTE, 1, TYPE_SR);
    target.set(SHORT, 2, (short) (REPORT_BYTES / 4 - 1));
    target.set(INT, 4, ssrc);
    target.set(LONG, 8, ntp);
    target.set(INT, 16, rtpTimestamp);
    target.set(INT, 20, packets);
    target.set(INT, 24, payloadBytes);

    // A chunk ends with at least one zero byte, on a boundary of four.
    int chunkBytes = (4 + 2 + cname.length + 1 + 3) & ~3;
    target.set(ValueLayout.JAVA_BYTE, REPORT_BYTES, ONE_CHUNK);
    target.set(ValueLayout.JAVA_BYTE, REPORT_BYTES + 1, TYPE_SDES);
    target.set(SHORT, REPORT_BYTES + 2, (short) (chunkBytes / 4));
    target.set(INT, REPORT_BYTES + 4, ssrc);
    target.set(ValueLayout.JAVA_BYTE, REPORT_BYTES + 8, ITEM_CNAME);
    target.set(ValueLayout.JAVA_BYTE, REPORT_BYTES + 9, (byte) cname.length);
    for (int i = 0; i < chunkBytes - 6; i++) {
      byte value = i < cname.length ? cname[i] : 0;
      target.set(ValueLayout.JAVA_BYTE, REPORT_BYTES + 10 + i, value);
    }
    return REPORT_BYTES + 4 + chunkBytes;
  }
}
