package org.framecast.stream.webrtc.rtp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads a compound RTCP packet as far as it is needed here. What does not parse is ignored: it
 * comes from the network.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Source:</b> RFC 3550 §6, RFC 4585 §6, RFC 5104 §4.3.1, draft-alvestrand-rmcat-remb.
 */
public final class RtcpReader {
  private static final int SENDER_REPORT = 200;
  private static final int RECEIVER_REPORT = 201;
  private static final int TRANSPORT_FEEDBACK = 205;
  private static final int PAYLOAD_FEEDBACK = 206;
  private static final int BLOCK_BYTES = 24;
  private static final int SENDER_BYTES = 28;
  private static final int REMB = 0x52454d42;

  private RtcpReader() {}

  /** What kind of packet the first bytes announce. */
  public static boolean isRtcp(ByteBuffer packet) {
    if (packet.remaining() < 8) {
      return false;
    }
    int type = packet.get(packet.position() + 1) & 0xff;
    return type >= 192 && type <= 223;
  }

  /** Tells the listener all that the packet says; the buffer's position stays. */
  public static void read(ByteBuffer compound, RtcpListener listener) {
    ByteBuffer packet = compound.duplicate().order(ByteOrder.BIG_ENDIAN);
    int start = packet.position();
    while (packet.limit() - start >= 8) {
      int first = packet.get(start) & 0xff;
      int end = start + 4 * ((packet.getShort(start + 2) & 0xffff) + 1);
      if (first >> 6 != 2 || end > packet.limit()) {
        return;
      }
      int count = first & 0x1f;
      switch (packet.get(start + 1) & 0xff) {
        case SENDER_REPORT -> {
          if (end - start >= SENDER_BYTES) {
            listener.senderReport(
                packet.getInt(start + 4), packet.getLong(start + 8), packet.getInt(start + 16));
          }
          blocks(packet, start + SENDER_BYTES, end, count, listener);
        }
        case RECEIVER_REPORT -> blocks(packet, start + 8, end, count, listener);
        case TRANSPORT_FEEDBACK -> transportFeedback(packet, start, end, count, listener);
        case PAYLOAD_FEEDBACK -> payloadFeedback(packet, start, end, count, listener);
        default -> {
          // Names, goodbyes and extended reports are of no use here.
        }
      }
      start = end;
    }
  }

  private static void blocks(ByteBuffer p, int start, int end, int count, RtcpListener listener) {
    int at = start;
    for (int i = 0; i < count && at + BLOCK_BYTES <= end; i++, at += BLOCK_BYTES) {
      int loss = p.getInt(at + 4);
      listener.report(p.getInt(at), loss >>> 24, (loss << 8) >> 8, p.getInt(at + 12));
    }
  }

  private static void transportFeedback(
      ByteBuffer p, int start, int end, int format, RtcpListener listener) {
    if (format != 1 || end - start < 12) {
      return;
    }
    int ssrc = p.getInt(start + 8);
    for (int at = start + 12; at + 4 <= end; at += 4) {
      listener.missing(ssrc, p.getShort(at) & 0xffff, p.getShort(at + 2) & 0xffff);
    }
  }

  private static void payloadFeedback(
      ByteBuffer p, int start, int end, int format, RtcpListener listener) {
    if (end - start < 12) {
      return;
    }
    switch (format) {
      case 1 -> listener.keyframeWanted(p.getInt(start + 8));
      case 4 -> {
        for (int at = start + 12; at + 8 <= end; at += 8) {
          listener.keyframeWanted(p.getInt(at));
        }
      }
      case 15 -> {
        if (end - start >= 20 && p.getInt(start + 12) == REMB) {
          int value = p.getInt(start + 16);
          int exponent = (value >>> 18) & 0x3f;
          long mantissa = value & 0x3ffff;
          if (exponent <= 44) {
            listener.bitrateLimit(mantissa << exponent);
          }
        }
      }
      default -> {
        // Other feedback is not answered.
      }
    }
  }
}
