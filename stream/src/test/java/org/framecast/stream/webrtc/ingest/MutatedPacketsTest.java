package org.framecast.stream.webrtc.ingest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.framecast.stream.media.Codec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets that somebody has tampered with: nothing is thrown, and memory stays bounded. */
class MutatedPacketsTest {
  private static final int UNITS = 4_000;

  @ParameterizedTest
  @EnumSource(Codec.class)
  void nothingIsThrownAndMemoryIsBounded(Codec codec) {
    Random random = new Random(4_711);
    long now = 1_000_000_000L;
    try (PublishedUnits publisher = new PublishedUnits(codec, random, 0);
        ReceivedUnits received = new ReceivedUnits(codec)) {
      for (int i = 0; i < UNITS; i++) {
        boolean keyframe = i % 10 == 0;
        List<byte[]> packets = publisher.packets(publisher.next(keyframe), keyframe, i * 3_000);
        for (byte[] packet : packets) {
          received.packet(random.nextInt(3) == 0 ? mutated(packet, random) : packet, now);
          now += 100_000L;
        }
        now += 10_000_000L;
        received.track.deliver(now);
        assertTrue(received.pool.live() <= 1, "one unit is put together at a time");
        if (received.units.size() > 100) {
          received.units.clear();
        }
      }
    }
  }

  private static byte[] mutated(byte[] packet, Random random) {
    byte[] changed = packet.clone();
    switch (random.nextInt(4)) {
      case 0 -> changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> changed = java.util.Arrays.copyOf(changed, random.nextInt(changed.length + 1));
      case 2 -> {
        // Behind the header, where the payload's own structure is.
        for (int i = 0; i < 4; i++) {
          int at = Math.min(changed.length - 1, 12 + random.nextInt(8));
          changed[at] = (byte) random.nextInt(256);
        }
      }
      default -> random.nextBytes(changed);
    }
    return changed;
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void randomPayloadsAreTakenApartWithinTheirBounds(Codec codec) {
    Random random = new Random(1);
    try (ReceivedUnits received = new ReceivedUnits(codec)) {
      long now = 0;
      for (int i = 0; i < 60_000; i++) {
        byte[] packet = new byte[12 + random.nextInt(60)];
        random.nextBytes(packet);
        packet[0] = (byte) 0x80;
        packet[1] = (byte) (PublishedUnits.PAYLOAD_TYPE | random.nextInt(2) << 7);
        packet[2] = (byte) (i >> 8);
        packet[3] = (byte) i;
        java.nio.ByteBuffer.wrap(packet).putInt(4, i / 3 * 3_000).putInt(8, PublishedUnits.SSRC);
        received.packet(packet, now += 1_000_000L);
      }
      // A random byte is a fine frame of some codecs: the count says that packets got that far.
      assertTrue(received.track.counts().packets() == 60_000);
      received.units.forEach(unit -> assertTrue(unit.bytes().length > 0));
    }
  }
}
