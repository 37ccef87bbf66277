package org.framecast.stream.webrtc.rtp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Puts NAL units together from payloads in order. Written from RFC 6184 §5, for mode 1. */
final class H264Depacketizer {
  final List<byte[]> nals = new ArrayList<>();
  private final ByteArrayOutputStream fragment = new ByteArrayOutputStream();
  private boolean open;

  void take(byte[] payload) {
    ByteBuffer b = ByteBuffer.wrap(payload);
    int indicator = b.get() & 0xff;
    check((indicator & 0x80) == 0, "the forbidden bit");
    int type = indicator & 0x1f;
    check(!open || type == 28, "a fragmented unit was not finished");
    switch (type) {
      case 24 -> {
        while (b.hasRemaining()) {
          byte[] nal = new byte[b.getShort() & 0xffff];
          b.get(nal);
          nals.add(nal);
        }
      }
      case 28 -> fragment(b, indicator);
      default -> {
        check(type >= 1 && type <= 23, "type " + type);
        nals.add(payload);
      }
    }
  }

  private void fragment(ByteBuffer b, int indicator) {
    int header = b.get() & 0xff;
    boolean start = (header & 0x80) != 0;
    boolean end = (header & 0x40) != 0;
    check(!(start && end), "start and end in one fragment");
    check(start != open, "fragments out of order");
    if (start) {
      fragment.reset();
      fragment.write(indicator & 0xe0 | header & 0x1f);
    }
    check(b.hasRemaining(), "an empty fragment");
    fragment.write(b.array(), b.position(), b.remaining());
    open = !end;
    if (end) {
      nals.add(fragment.toByteArray());
    }
  }

  void end() {
    check(!open, "a fragmented unit was not finished");
  }

  private static void check(boolean fine, String complaint) {
    if (!fine) {
      throw new AssertionError(complaint);
    }
  }
}
