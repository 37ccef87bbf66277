package org.framecast.stream.webrtc.rtp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Puts VP8 frames together from packets that come in order, and complains about everything that a
 * receiver would stumble over. Written from RFC 7741 §4, not from the packetizer.
 */
public final class Vp8Depacketizer {
  /** One frame. */
  public record Frame(
      byte[] bytes, int timestamp, int pictureId, int payloadType, int ssrc, int firstSequence) {
    public boolean isKeyframe() {
      return (bytes[0] & 1) == 0;
    }
  }

  private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
  private int nextSequence = -1;
  private int timestamp;
  private int pictureId;
  private int lastPictureId = -1;
  private int firstSequence;
  private boolean open;

  /** Takes the next packet; a frame when it was the frame's last. */
  public Optional<Frame> take(byte[] packet) {
    ByteBuffer b = ByteBuffer.wrap(packet);
    int first = b.get() & 0xff;
    check(first == 0x80, "version, padding, extension or sources: " + first);
    int second = b.get() & 0xff;
    int sequence = b.getShort() & 0xffff;
    check(nextSequence < 0 || sequence == nextSequence, sequence + " after " + (nextSequence - 1));
    nextSequence = (sequence + 1) & 0xffff;
    int time = b.getInt();
    int ssrc = b.getInt();
    int descriptor = b.get() & 0xff;
    check((descriptor & 0x80) != 0, "no extended descriptor");
    check((descriptor & 0x0f) == 0, "a partition other than the first");
    int extension = b.get() & 0xff;
    check(extension == 0x80, "extension " + extension);
    int picture = b.getShort() & 0xffff;
    check((picture & 0x8000) != 0, "a short picture number");
    picture &= 0x7fff;
    boolean start = (descriptor & 0x10) != 0;
    check(start != open, start ? "a frame begins within a frame" : "a frame without its beginning");
    if (start) {
      check(
          lastPictureId < 0 || picture == ((lastPictureId + 1) & 0x7fff),
          "picture " + picture + " after " + lastPictureId);
      lastPictureId = picture;
      pictureId = picture;
      timestamp = time;
      firstSequence = sequence;
      frame.reset();
      open = true;
    }
    check(picture == pictureId && time == timestamp, "a packet of another frame");
    check(b.hasRemaining(), "no payload");
    frame.write(packet, b.position(), b.remaining());
    if ((second & 0x80) == 0) {
      return Optional.empty();
    }
    open = false;
    return Optional.of(
        new Frame(frame.toByteArray(), time, picture, second & 0x7f, ssrc, firstSequence));
  }

  private static void check(boolean fine, String complaint) {
    if (!fine) {
      throw new AssertionError(complaint);
    }
  }
}
