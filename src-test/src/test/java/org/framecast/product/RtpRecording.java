package org.framecast.product;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The pictures and the blocks of sound that reached a viewer, put together from their packets.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Source:</b> RFC 7741 §4.2 (VP8), RFC 7587 (Opus: one packet is one block).
 */
final class RtpRecording {
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
      sounds.add(new Unit(packet.timestamp(), packet.payload()));
    }
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
