package org.framecast.stream.webrtc.rtp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Puts OBUs together from payloads in order. Written from the AV1 payload format, §4.4. */
final class Av1Depacketizer {
  final List<byte[]> obus = new ArrayList<>();
  boolean newSequence;
  private final ByteArrayOutputStream part = new ByteArrayOutputStream();
  private boolean open;
  private boolean any;

  void take(byte[] payload) {
    ByteBuffer b = ByteBuffer.wrap(payload);
    int header = b.get() & 0xff;
    check((header & 0x07) == 0, "reserved bits");
    boolean continues = (header & 0x80) != 0;
    boolean goesOn = (header & 0x40) != 0;
    int count = (header >> 4) & 3;
    boolean fresh = (header & 0x08) != 0;
    check(!fresh || !any, "N in a later packet");
    check(!(fresh && continues), "N and Z");
    newSequence |= fresh;
    any = true;
    check(continues == open, "a fragment out of order");
    List<byte[]> elements = new ArrayList<>();
    for (int i = 1; b.hasRemaining(); i++) {
      int size = count != 0 && i == count ? b.remaining() : leb128(b);
      check(size > 0 && size <= b.remaining(), "an element of " + size);
      byte[] element = new byte[size];
      b.get(element);
      elements.add(element);
    }
    check(!elements.isEmpty() && (count == 0 || count == elements.size()), "W is wrong");
    for (int i = 0; i < elements.size(); i++) {
      part.writeBytes(elements.get(i));
      open = goesOn && i == elements.size() - 1;
      if (!open) {
        obus.add(part.toByteArray());
        part.reset();
      }
    }
  }

  void end() {
    check(!open, "an OBU was not finished");
  }

  static int leb128(ByteBuffer b) {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      int octet = b.get() & 0xff;
      value |= (octet & 0x7f) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
  }

  private static void check(boolean fine, String complaint) {
    if (!fine) {
      throw new AssertionError(complaint);
    }
  }
}
