package org.framecast.product;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.framecast.stream.webrtc.rtp.RtcpListener;
import org.framecast.stream.webrtc.rtp.RtcpReader;

/**
 * The pictures and the blocks of sound that reached a viewer, put together from their packets, and
 * what the sender said of their times.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Source:</b> RFC 7741 §4.2 (VP8), RFC 7587 (Opus: one packet is one block), RFC 3550 §6.4.1
 * (sender reports).
 */
final class RtpRecording {
  private static final long NANOS = 1_000_000_000L;

  /**
   * A picture or a block of sound, coded.
   *
   * @param timestamp of its packets
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Unit(long timestamp, byte[] data) {
    /** Of a VP8 picture: whether it decodes alone (RFC 6386 §9.1). */
    boolean isKeyframe() {
      return (data[0] & 1) == 0;
    }
  }

  /** A moment on the sender's clock, and the same on a track's. */
  private record Report(long nanos, int timestamp) {}

  private final Map<Integer, Report> reports = new HashMap<>();
  private int pictureSource;
  private int soundSource;
  private final List<Unit> pictures = new ArrayList<>();
  private final List<Unit> sounds = new ArrayList<>();
  private final ByteArrayOutputStream picture = new ByteArrayOutputStream();
  private int expected = -1;
  private boolean whole;

  synchronized void video(byte[] bytes) {
    RtpPacket packet = RtpPacket.parse(bytes);
    if (packet.payload().length == 0) {
      return;
    }
    pictureSource = source(bytes);
    byte[] payload = packet.payload();
    if (starts(payload)) {
      picture.reset();
      whole = true;
    } else if (packet.sequence() != expected) {
      whole = false;
    }
    expected = packet.sequence() + 1 & 0xFFFF;
    picture.writeBytes(picture(payload));
    if (packet.marker() && whole) {
      Unit unit = new Unit(packet.timestamp(), picture.toByteArray());
      if (!pictures.isEmpty() || unit.isKeyframe()) {
        pictures.add(unit);
      }
    }
  }

  synchronized void audio(byte[] bytes) {
    RtpPacket packet = RtpPacket.parse(bytes);
    if (packet.payload().length > 0) {
      soundSource = source(bytes);
      sounds.add(new Unit(packet.timestamp(), packet.payload()));
    }
  }

  private static int source(byte[] packet) {
    return ByteBuffer.wrap(packet).getInt(8);
  }

  /** Takes what the sender says. */
  synchronized void control(byte[] compound) {
    RtcpReader.read(ByteBuffer.wrap(compound), new SenderReports());
  }

  private final class SenderReports implements RtcpListener {
    @Override
    public void senderReport(int ssrc, long ntp, int rtpTimestamp) {
      long fraction = (ntp & 0xffff_ffffL) * NANOS >>> 32;
      reports.put(ssrc, new Report((ntp >>> 32) * NANOS + fraction, rtpTimestamp));
    }

    @Override
    public void report(int ssrc, int fractionLost, int packetsLost, int jitter) {}

    @Override
    public void keyframeWanted(int ssrc) {}

    @Override
    public void bitrateLimit(long bitrateBps) {}

    @Override
    public void missing(int ssrc, int sequence, int following) {}
  }

  /** When a picture was captured, on the sender's clock, by the last report; in ns. */
  synchronized long pictureNanos(Unit unit) {
    return nanos(pictureSource, unit, 90_000);
  }

  /** When the first sample of a block of sound was captured, on the same clock. */
  synchronized long soundNanos(Unit unit) {
    return nanos(soundSource, unit, 48_000);
  }

  private long nanos(int source, Unit unit, int rateHz) {
    Report report = reports.get(source);
    if (report == null) {
      throw new AssertionError("no sender report of " + Integer.toHexString(source));
    }
    return report.nanos() + ((int) unit.timestamp() - report.timestamp()) * NANOS / rateHz;
  }

  /** From the first keyframe on. */
  synchronized List<Unit> pictures() {
    return List.copyOf(pictures);
  }

  synchronized List<Unit> sounds() {
    return List.copyOf(sounds);
  }

  /** Waits until there are so many of both. */
  void await(int pictureCount, int soundCount, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (pictures().size() < pictureCount || sounds().size() < soundCount) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            pictures().size() + " pictures and " + sounds().size() + " sounds within " + limit);
      }
      LockSupport.parkNanos(20_000_000L);
    }
  }

  /** Whether a picture begins with that payload. */
  static boolean starts(byte[] payload) {
    return payload.length > 0 && (payload[0] & 0x1F) == 0x10;
  }

  /** The payload's part of the picture. */
  static byte[] picture(byte[] payload) {
    return payload.length == 0
        ? payload
        : Arrays.copyOfRange(payload, descriptorBytes(payload), payload.length);
  }

  private static int descriptorBytes(byte[] payload) {
    if ((payload[0] & 0x80) == 0) {
      return 1;
    }
    int has = payload[1] & 0xFF;
    int bytes = 2;
    if ((has & 0x80) != 0) {
      bytes += (payload[2] & 0x80) != 0 ? 2 : 1;
    }
    bytes += (has & 0x40) != 0 ? 1 : 0;
    return bytes + ((has & 0x30) != 0 ? 1 : 0);
  }
}
