package org.framecast.stream.webrtc.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.framecast.stream.media.Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Packets of H264's interleaved mode, which no answer of ours agrees to: the picture that holds one
 * is dropped, a keyframe is asked for, and the next picture is taken.
 *
 * <p>Source: RFC 6184 §5.4, table 3
 */
class H264RefusalsTest {
  private static final byte[] SPS = {0x67, 0x42, (byte) 0xc0, 0x1f, 1, 2, 3};
  private static final byte[] IDR = {0x65, 9, 8, 7, 6, 5, 4, 3};
  private static final long FRAME_NANOS = 33_000_000L;

  @ParameterizedTest(name = "{0}")
  @CsvSource({"STAP-B,25", "MTAP16,26", "MTAP24,27", "FU-B,29", "reserved 30,30", "none 0,0"})
  void ofTheInterleavedModeNothingIsTaken(String name, int type) {
    byte[] strange = {(byte) (0x60 | type), 0, 1, 0, 4, 0x65, 9, 8, 7};
    strange[1] = (byte) (type == 29 ? 0x85 : 0);
    try (ReceivedUnits received = new ReceivedUnits(Codec.H264)) {
      send(received, 1, 0, SPS, strange);
      assertEquals(0, received.units.size(), name);
      assertTrue(received.keyframesNeeded > 0, name + ": a keyframe is asked for");
      send(received, 3, 1, SPS, IDR);
      send(received, 5, 2, SPS, IDR);
      assertTrue(received.units.size() >= 1, name + ": it goes on");
    }
  }

  @Test
  void whatWasAgreedIsTaken() {
    byte[] several =
        ByteBuffer.allocate(1 + 2 + 7 + 2 + 8)
            .put((byte) 0x78)
            .putShort((short) 7)
            .put(SPS)
            .putShort((short) 8)
            .put(IDR)
            .array();
    byte[] firstPart = {0x7c, (byte) 0x85, 9, 8, 7};
    byte[] lastPart = {0x7c, 0x45, 6, 5, 4, 3};
    try (ReceivedUnits received = new ReceivedUnits(Codec.H264)) {
      send(received, 1, 0, several);
      send(received, 2, 1, SPS, firstPart, lastPart);
      send(received, 5, 2, SPS, IDR);
      assertTrue(received.units.size() >= 2, received.units.size() + " units");
      assertEquals(0, received.keyframesNeeded);
    }
  }

  private static void send(ReceivedUnits received, int sequence, int frame, byte[]... payloads) {
    long now = 1_000_000_000L + frame * FRAME_NANOS;
    for (int i = 0; i < payloads.length; i++) {
      int marker = i == payloads.length - 1 ? 0x80 : 0;
      received.packet(
          ByteBuffer.allocate(12 + payloads[i].length)
              .put((byte) 0x80)
              .put((byte) (PublishedUnits.PAYLOAD_TYPE | marker))
              .putShort((short) (sequence + i))
              .putInt(frame * 3_000)
              .putInt(PublishedUnits.SSRC)
              .put(payloads[i])
              .array(),
          now);
    }
    received.track.deliver(now);
  }
}
