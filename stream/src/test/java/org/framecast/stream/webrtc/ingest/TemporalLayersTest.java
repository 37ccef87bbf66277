package org.framecast.stream.webrtc.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Random;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
import org.junit.jupiter.api.Test;

/**
 * VP8 in temporal layers: what the descriptor says of them is read over, and every layer's picture
 * is delivered in its order.
 */
class TemporalLayersTest {
  private static final int PICTURES = 200;
  private static final int[] LAYERS = {0, 2, 1, 2};

  @Test
  void everyPictureOfEveryLayerComesWhole() {
    Random random = new Random(3);
    byte[][] pictures = new byte[PICTURES][];
    try (ReceivedUnits received = new ReceivedUnits(Codec.VP8)) {
      int sequence = 0xfff0;
      int lowest = 250;
      for (int i = 0; i < PICTURES; i++) {
        byte[] picture = new byte[2 + random.nextInt(2_000)];
        random.nextBytes(picture);
        picture[0] = (byte) (i == 0 ? picture[0] & ~1 : picture[0] | 1);
        pictures[i] = picture;
        int layer = LAYERS[i % LAYERS.length];
        lowest += layer == 0 ? 1 : 0;
        int half = picture.length / 2;
        long now = i * 33_000_000L;
        received.packet(packet(sequence++, i, lowest, layer, picture, 0, half), now);
        received.packet(packet(sequence++, i, lowest, layer, picture, half, picture.length), now);
      }
      assertEquals(PICTURES, received.units.size());
      for (int i = 0; i < PICTURES; i++) {
        ReceivedUnits.Unit unit = received.units.get(i);
        assertArrayEquals(pictures[i], unit.bytes(), "picture " + i);
        assertEquals(i == 0 ? AccessUnit.Kind.KEYFRAME : AccessUnit.Kind.DELTA, unit.kind());
      }
      assertEquals(0, received.keyframesNeeded);
    }
  }

  /** RFC 7741 §4.2: X, then I, L, T and K, and all that they announce. */
  private static byte[] packet(
      int sequence, int number, int lowest, int layer, byte[] picture, int from, int to) {
    ByteBuffer packet = ByteBuffer.allocate(12 + 6 + to - from);
    packet.put((byte) 0x80);
    packet.put((byte) (PublishedUnits.PAYLOAD_TYPE | (to == picture.length ? 0x80 : 0)));
    packet.putShort((short) sequence).putInt(number * 3_000).putInt(PublishedUnits.SSRC);
    // The layers above the lowest are not referred to: N.
    packet.put((byte) (0x80 | (layer == 2 ? 0x20 : 0) | (from == 0 ? 0x10 : 0)));
    packet.put((byte) 0xf0);
    packet.putShort((short) (0x8000 | number));
    packet.put((byte) lowest);
    packet.put((byte) (layer << 6 | (layer == 1 ? 0x20 : 0) | 5));
    packet.put(picture, from, to - from);
    return packet.array();
  }
}
