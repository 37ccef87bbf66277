package org.framecast.product;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.framecast.rtc.Track;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer received of a VP8 picture, which it reports as RTCP asks for: once a second when
 * {@link #report()} is called often enough. It asks for nothing to be sent again, and for a
 * keyframe after a gap.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Source:</b> RFC 3550 §6.4.2 and A.3 (receiver report), RFC 4585 §6.3.1 (PLI), RFC 6386 §9.1
 * (size of a keyframe).
 */
final class Reception {
  private static final long REPORT_NANOS = 1_000_000_000L;
  private static final int OWN_SSRC = 1;

  private final AtomicReference<@Nullable Track> track = new AtomicReference<>();
  private final List<Integer> widths = new ArrayList<>();
  private int ssrc;
  private long highest = -1;
  private long expectedFrom;
  private long received;
  private long gaps;
  private long bytes;
  private boolean broken;
  private long reportedNanos;
  private long reportedExpected;
  private long reportedReceived;

  /** Reports go out by that track. */
  void on(Track opened) {
    track.set(opened);
  }

  synchronized void video(byte[] datagram) {
    RtpPacket packet = RtpPacket.parse(datagram);
    if (highest < 0) {
      ssrc = ByteBuffer.wrap(datagram).getInt(8);
      highest = packet.sequence() - 1L;
      expectedFrom = highest;
      reportedNanos = System.nanoTime();
    }
    // The nearest to the highest so far.
    long sequence = highest + (short) (packet.sequence() - (int) highest);
    if (sequence > highest) {
      gaps += sequence - highest - 1;
      broken |= sequence > highest + 1;
      highest = sequence;
    }
    received++;
    bytes += datagram.length;
    byte[] picture = RtpRecording.picture(packet.payload());
    if (picture.length >= 10 && RtpRecording.starts(packet.payload()) && (picture[0] & 1) == 0) {
      widths.add((picture[7] & 0x3F) << 8 | picture[6] & 0xFF);
      broken = false;
    }
  }

  /** Sends what is due: a receiver report every second, and a PLI with it while there is a gap. */
  synchronized void report() {
    Track open = track.get();
    long now = System.nanoTime();
    if (open == null || highest < 0 || now - reportedNanos < REPORT_NANOS) {
      return;
    }
    long expected = highest - expectedFrom;
    long lost = Math.max(0, expected - reportedExpected - (received - reportedReceived));
    int fraction = (int) Math.min(255, lost * 256 / Math.max(1, expected - reportedExpected));
    reportedNanos = now;
    reportedExpected = expected;
    reportedReceived = received;
    ByteBuffer rtcp = ByteBuffer.allocate(44);
    rtcp.putInt(0x81c90007).putInt(OWN_SSRC).putInt(ssrc);
    rtcp.putInt(fraction << 24 | (int) Math.clamp(expected - received, 0, 0x7F_FFFF));
    rtcp.putInt((int) highest).putInt(0).putInt(0).putInt(0);
    if (broken) {
      rtcp.putInt(0x81ce0002).putInt(OWN_SSRC).putInt(ssrc);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(rtcp.position());
      memory.copyFrom(MemorySegment.ofArray(rtcp.array()).asSlice(0, rtcp.position()));
      open.send(memory, 0, rtcp.position());
    }
  }

  /** The width of the last keyframe; 0 before the first. */
  synchronized int width() {
    return widths.isEmpty() ? 0 : widths.getLast();
  }

  /** Of all keyframes so far. */
  synchronized List<Integer> widths() {
    return List.copyOf(widths);
  }

  /** Packets of the picture that never came, or came late. */
  synchronized long gaps() {
    return gaps;
  }

  /** Of the picture's packets. */
  synchronized long bytes() {
    return bytes;
  }
}
