package org.framecast.stream.webrtc.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketizerTest {
  private static final byte[] TWENTY_MILLIS = {(byte) 0xfc, 1, 2};

  private final BufferPool pool = BufferPool.open("test", 64 << 20);
  private final Packets batch = new Packets();

  @AfterEach
  void nothingIsLeft() {
    batch.close();
    assertEquals(0, pool.live());
    pool.close();
  }

  @Test
  void vp8InOnePacketIsByteForByteAsTheStandardSays() {
    packetize(new Vp8Packetizer(), Codec.VP8, new byte[] {0x10, 0x02, 0x00}, 1_000_000_000L);
    batch.address(new StreamIdentity(120, 0xcafebabe, 0), 0x1234, 0x10, 0x7ffe);
    // V=2; marker and PT 120; sequence; 90000 + 16; SSRC; X S; I; M and the picture number; data
    assertEquals(
        "80f81234" + "00015fa0" + "cafebabe" + "9080fffe" + "100200",
        HexFormat.of().formatHex(batch.packet(0)));
  }

  @Test
  void vp8InSeveralPacketsMarksTheLastAndStartsTheFirst() {
    Vp8Packetizer packetizer = new Vp8Packetizer();
    packetize(packetizer, Codec.VP8, Units.counting(10, 0), 0);
    packetize(packetizer, Codec.VP8, Units.counting(3_000, 0), 33_333_333L);
    batch.address(new StreamIdentity(96, 1, 0), 0xffff + 1, 0, 0);
    assertEquals(3, batch.count());
    // The sequence goes over its end, and the picture number is the second.
    assertEquals("80600000" + "00000bb8" + "00000001" + "90808001", header(0));
    assertEquals("80600001" + "00000bb8" + "00000001" + "80808001", header(1));
    assertEquals("80e00002" + "00000bb8" + "00000001" + "80808001", header(2));
    for (int i = 0; i < 3; i++) {
      assertEquals(PacketHistory.HEADER_BYTES + 4 + 1_000, batch.sizeBytes(i));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_175, 1_176, 1_177, 2_352, 2_353, 60_000, 200_001})
  void vp8ComesBackWhole(int size) {
    byte[] frame = Units.counting(size, size);
    packetize(new Vp8Packetizer(), Codec.VP8, frame, 0);
    batch.address(new StreamIdentity(96, 7, 0), 65_000, 5, 3);
    Vp8Depacketizer depacketizer = new Vp8Depacketizer();
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      byte[] packet = batch.packet(i);
      assertTrue(packet.length <= PacketHistory.HEADER_BYTES + PacketHistory.MAX_PAYLOAD_BYTES);
      depacketizer.take(packet).ifPresent(f -> frames.add(f.bytes()));
    }
    assertEquals(1, frames.size());
    assertArrayEquals(frame, frames.get(0));
  }

  @Test
  void aFrameBeyondAllBoundsIsRefused() {
    try (AccessUnit unit =
        Units.of(
            pool,
            Codec.VP8,
            AccessUnit.Kind.DELTA,
            new byte[PacketHistory.MAX_PACKETS * 1_180],
            0)) {
      assertEquals(Packetizer.Outcome.REFUSED, batch.packetize(new Vp8Packetizer(), unit));
    }
    try (AccessUnit unit = Units.of(pool, Codec.VP8, AccessUnit.Kind.DELTA, new byte[0], 0)) {
      assertEquals(Packetizer.Outcome.REFUSED, batch.packetize(new Vp8Packetizer(), unit));
    }
  }

  @Test
  void opusIsOnePacketAndMarksTheBeginning() {
    OpusPacketizer packetizer = new OpusPacketizer();
    StreamIdentity viewer = new StreamIdentity(111, 2, 0);
    packetize(packetizer, Codec.OPUS, new byte[] {(byte) 0xfc, 1, 2}, 20_000_000L);
    batch.address(viewer, batch.first(), 0, 0);
    assertEquals(
        "80ef0000" + "000003c0" + "00000002" + "fc0102", HexFormat.of().formatHex(batch.packet(0)));
    packetize(packetizer, Codec.OPUS, new byte[] {(byte) 0xfc, 3}, 40_000_000L);
    batch.address(viewer, batch.first(), 0, 0);
    assertEquals(
        "806f0001" + "00000780" + "00000002" + "fc03", HexFormat.of().formatHex(batch.packet(0)));
    try (AccessUnit unit =
        Units.of(pool, Codec.OPUS, AccessUnit.Kind.KEYFRAME, new byte[1_300], 0)) {
      assertEquals(Packetizer.Outcome.REFUSED, batch.packetize(packetizer, unit));
    }
  }

  @Test
  void opusTimeCountsSamplesWhileThePtsFollowsAClock() {
    OpusPacketizer packetizer = new OpusPacketizer();
    long pts = 0;
    for (int i = 0; i < 1_000; i++) {
      assertEquals(i * 960, opus(packetizer, TWENTY_MILLIS, pts), "block " + i);
      // In sum ten seconds away: the sender reports say so.
      pts += 20_000_000L + (i % 2 == 0 ? 9_999_999 : -2_000_000);
    }
  }

  @Test
  void aGapInSoundIsOneInOpusTime() {
    OpusPacketizer packetizer = new OpusPacketizer();
    assertEquals(0, opus(packetizer, TWENTY_MILLIS, 0));
    assertEquals(960, opus(packetizer, TWENTY_MILLIS, 21_000_000L));
    // One block is missing; the millisecond before stays where it is.
    assertEquals(960 + 1_920, opus(packetizer, TWENTY_MILLIS, 61_000_000L));
    // An overlap of half a block is one too.
    assertEquals(960 + 1_920 + 480, opus(packetizer, TWENTY_MILLIS, 71_000_000L));
  }

  @ParameterizedTest
  @CsvSource({
    "fc, 960", // CELT 20 ms, one frame
    "e4, 120", // CELT 2.5 ms
    "fd, 1920", // two frames of 20 ms
    "fe00, 1920", // two of different sizes
    "ff03, 2880", // three of 20 ms
    "04, 480", // SILK 10 ms
    "18, 2880", // SILK 60 ms
    "64, 480", // hybrid 10 ms
    "6c, 960", // hybrid 20 ms
    "ff3f, 0", // 63 frames of 20 ms: no Opus
    "ff, 0"
  })
  void anOpusPacketSaysHowLongItIs(String hex, int samples) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertEquals(samples, OpusLength.samples(MemorySegment.ofArray(bytes), bytes.length));
  }

  private int opus(OpusPacketizer packetizer, byte[] block, long ptsNanos) {
    packetize(packetizer, Codec.OPUS, block, ptsNanos);
    batch.address(new StreamIdentity(111, 2, 0), 0, 0, 0);
    return ByteBuffer.wrap(batch.packet(0)).getInt(4);
  }

  @Test
  void timestampsAreExactForAnyTime() {
    assertEquals(0, RtpTime.of(0, 90_000));
    assertEquals(3_000, RtpTime.of(33_333_333, 90_000));
    assertEquals(90_000 * 3_600, RtpTime.of(3_600_000_000_000L, 90_000));
    assertEquals(-90_000, RtpTime.of(-1_000_000_000L, 90_000));
    // A hundred years: only the low 32 bits are left.
    long century = 100L * 365 * 86_400;
    assertEquals((int) (century * 90_000), RtpTime.of(century * 1_000_000_000L, 90_000));
    int before = RtpTime.of(0, 48_000);
    for (int i = 1; i < 1_000; i++) {
      int now = RtpTime.of(i * 20_000_000L, 48_000);
      assertEquals(960, now - before);
      before = now;
    }
  }

  private void packetize(Packetizer packetizer, Codec codec, byte[] bytes, long ptsNanos) {
    try (AccessUnit unit = Units.of(pool, codec, AccessUnit.Kind.KEYFRAME, bytes, ptsNanos)) {
      assertEquals(Packetizer.Outcome.PACKETIZED, batch.packetize(packetizer, unit));
    }
  }

  private String header(int index) {
    return HexFormat.of().formatHex(batch.packet(index), 0, 16);
  }
}
