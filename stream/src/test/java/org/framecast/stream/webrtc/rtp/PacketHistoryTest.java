package org.framecast.stream.webrtc.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.junit.jupiter.api.Test;

class PacketHistoryTest {
  private static final int PACKETS = 8;
  private static final int UNIT_BYTES = 100;

  private final BufferPool pool = BufferPool.open("history", 1 << 20);
  private final Packetizer packetizer = Packetizer.of(Codec.VP8);
  private final PacketHistory.Unit unit = new PacketHistory.Unit();

  /** When a unit of many packets makes it grow, what it had forgotten before does not come back. */
  @Test
  void whatItGivesIsWhatWasWritten() {
    try (PacketHistory history = PacketHistory.open(PACKETS, packetizer);
        PacketScratch scratch = new PacketScratch()) {
      for (int i = 0; i < 3 * PACKETS / 2; i++) {
        write(history, UNIT_BYTES);
      }
      assertFalse(isThere(history, scratch, 0), "forgotten");
      assertTrue(isThere(history, scratch, history.units() - 1));
      write(history, PACKETS * PacketHistory.MAX_PAYLOAD_BYTES * 3 / 4);
      assertTrue(unit(history, history.units() - 1).count() > PACKETS / 2, "it has grown");
      int there = 0;
      for (long number = 0; number < history.units() - 1; number++) {
        if (isThere(history, scratch, number)) {
          there++;
          assertTrue(scratch.sizeBytes(0) > UNIT_BYTES, "unit " + number + " is empty");
        }
      }
      assertEquals(PACKETS / 2, there);
    }
    assertEquals(0, pool.live());
    pool.close();
  }

  private PacketHistory.Unit unit(PacketHistory history, long number) {
    assertTrue(history.unit(number, unit));
    return unit;
  }

  private boolean isThere(PacketHistory history, PacketScratch scratch, long number) {
    return history.unit(number, unit) && scratch.load(history, unit.firstPacket(), unit.count());
  }

  private void write(PacketHistory history, int bytes) {
    try (AccessUnit access =
        Units.of(pool, Codec.VP8, AccessUnit.Kind.KEYFRAME, Units.counting(bytes, 0), 0)) {
      assertEquals(Packetizer.Outcome.PACKETIZED, packetizer.packetize(access, history));
      history.commit(true, 0, 0);
    }
  }
}
