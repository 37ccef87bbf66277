package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Writes one compound packet of a receiver: reports and the canonical name first, then feedback.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Source:</b> RFC 3550 §6.4.2, §6.5; RFC 4585 §6.2.1, §6.3.1; draft-alvestrand-rmcat-remb-03.
 */
final class RtcpWriter {
  /** Room for reports on two tracks, a name, and 128 missing packets each. */
  static final int MAX_BYTES = 1_400;

  private static final int REMB = 0x52454d42;
  private static final int MAX_MANTISSA = 0x3ffff;

  private final MemorySegment target;
  private final int ssrc;
  private final byte[] cname;
  private int at;

  /**
   * @param target at least {@link #MAX_BYTES}
   * @param ssrc of the one who reports
   */
  RtcpWriter(MemorySegment target, int ssrc, String cname) {
    this.target = target;
    this.ssrc = ssrc;
    this.cname = cname.getBytes(StandardCharsets.UTF_8);
  }

  /** Begins a compound packet with a report on each sender that was heard. */
  void begin(ReceivingTrack[] tracks, long nowNanos) {
    at = 0;
    int blocks = 0;
    int start = header(0, 201);
    word(ssrc);
    for (ReceivingTrack track : tracks) {
      if (track.statistics().hasPackets()) {
        block(track, nowNanos);
        blocks++;
      }
    }
    target.set(ValueLayout.JAVA_BYTE, start, (byte) (0x80 | blocks));
    end(start);
    name();
  }

  private void block(ReceivingTrack track, long nowNanos) {
    ReceptionStatistics statistics = track.statistics();
    word(track.ssrc());
    word(statistics.fractionLost() << 24 | statistics.lost() & 0xff_ffff);
    word(statistics.extendedHighest());
    word(statistics.jitter());
    word(statistics.lastReport());
    word(statistics.delaySinceReport(nowNanos));
  }

  private void name() {
    int start = header(1, 202);
    word(ssrc);
    octet(1);
    octet(cname.length);
    for (byte value : cname) {
      octet(value);
    }
    do {
      octet(0);
    } while ((at & 3) != 0);
    end(start);
  }

  /** Begins a compound packet that reports nothing, for feedback between two reports. */
  void beginEmpty() {
    at = 0;
    int start = header(0, 201);
    word(ssrc);
    end(start);
    name();
  }

  /** Asks for packets again. */
  void missing(int source, int[] sequences, int count) {
    int start = header(1, 205);
    word(ssrc);
    word(source);
    int i = 0;
    while (i < count) {
      int first = sequences[i++];
      int following = 0;
      while (i < count && ((sequences[i] - first) & 0xffff) <= 16) {
        following |= 1 << (((sequences[i] - first) & 0xffff) - 1);
        i++;
      }
      word(first << 16 | following);
    }
    end(start);
  }

  /** Asks for a keyframe. */
  void pictureLost(int source) {
    int start = header(1, 206);
    word(ssrc);
    word(source);
    end(start);
  }

  /** Says what all of the senders together may send. */
  void bitrateLimit(long bitrateBps, ReceivingTrack[] tracks) {
    int start = header(15, 206);
    word(ssrc);
    word(0);
    word(REMB);
    int exponent = 0;
    long mantissa = bitrateBps;
    while (mantissa > MAX_MANTISSA) {
      mantissa >>= 1;
      exponent++;
    }
    int heard = 0;
    int sizes = at;
    word(0);
    for (ReceivingTrack track : tracks) {
      if (track.statistics().hasPackets()) {
        word(track.ssrc());
        heard++;
      }
    }
    target.set(RtpHeader.INT, sizes, heard << 24 | exponent << 18 | (int) mantissa);
    end(start);
  }

  private int header(int count, int type) {
    int start = at;
    octet(0x80 | count);
    octet(type);
    octet(0);
    octet(0);
    return start;
  }

  private void end(int start) {
    target.set(RtpHeader.SHORT, start + 2, (short) ((at - start) / 4 - 1));
  }

  private void octet(int value) {
    target.set(ValueLayout.JAVA_BYTE, at++, (byte) value);
  }

  private void word(int value) {
    target.set(RtpHeader.INT, at, value);
    at += 4;
  }

  MemorySegment memory() {
    return target;
  }

  int sizeBytes() {
    return at;
  }
}
