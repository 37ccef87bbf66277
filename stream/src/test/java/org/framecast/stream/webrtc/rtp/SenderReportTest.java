package org.framecast.stream.webrtc.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SenderReportTest {
  @Test
  void isByteForByteAsTheStandardSays() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(SenderReport.MAX_BYTES);
      target.fill((byte) 0x55);
      int size =
          SenderReport.write(
              target,
              0x01020304,
              0xe0000000_80000000L,
              0x11223344,
              7,
              8_000,
              SenderReport.cname("abcde"));
      String hex = HexFormat.of().formatHex(Units.bytes(target, size));
      String report =
          "80c80006" + "01020304" + "e0000000" + "80000000" + "11223344" + "00000007" + "00001f40";
      String names = "81ca0003" + "01020304" + "0105" + "6162636465" + "00";
      assertEquals(report + names, hex);
    }
  }

  @Test
  void theNamesEndOnABoundaryWhateverTheirLength() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(SenderReport.MAX_BYTES);
      for (int length = 1; length <= 255; length++) {
        byte[] cname = SenderReport.cname("x".repeat(length));
        int size = SenderReport.write(target, 1, 2, 3, 4, 5, cname);
        byte[] bytes = Units.bytes(target, size);
        int words = ((bytes[30] & 0xff) << 8) | (bytes[31] & 0xff);
        assertEquals(size, 28 + 4 * (words + 1));
        assertEquals(0, bytes[size - 1]);
        assertTrue(size - (38 + length) <= 4);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> SenderReport.cname("x".repeat(256)));
    assertThrows(IllegalArgumentException.class, () -> SenderReport.cname(""));
  }

  @Test
  void bothTracksShareOneTimeLine() {
    AtomicReference<Instant> wall = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00.5Z"));
    NtpTimeline timeline = new NtpTimeline(() -> Objects.requireNonNull(wall.get()));
    long first = timeline.ntp(10_000_000_000L);
    assertEquals(
        Instant.parse("2026-01-01T00:00:00Z").getEpochSecond() + 2_208_988_800L, first >>> 32);
    assertEquals(0x8000_0000L, first & 0xffff_ffffL);
    // The wall clock steps; the time line does not.
    wall.set(Instant.parse("2030-01-01T00:00:00Z"));
    assertEquals(1L << 32, timeline.ntp(11_000_000_000L) - first);
    assertEquals(-(1L << 32), timeline.ntp(9_000_000_000L) - first);
    assertEquals(1L << 31, timeline.ntp(10_500_000_000L) - first);
  }
}
