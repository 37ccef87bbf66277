package org.framecast.stream.webrtc.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes in comes out of a receiver that was written from the standards alone. */
class PacketizersTest {
  private static final int ROUNDS = 300;
  private static final byte[] SPS = HexFormat.of().parseHex("6742c01fda014016ec");
  private static final byte[] PPS = HexFormat.of().parseHex("68ce3c80");

  private final BufferPool pool = BufferPool.open("test", 256 << 20);
  private final Packets packets = new Packets();
  private final Random random = new Random(41);

  @AfterEach
  void nothingIsLeft() {
    packets.close();
    assertEquals(0, pool.live());
    pool.close();
  }

  @Test
  void h264UnitsComeBackWhole() {
    H264Packetizer packetizer = new H264Packetizer();
    for (int round = 0; round < ROUNDS; round++) {
      boolean keyframe = random.nextInt(4) == 0;
      List<byte[]> nals = new ArrayList<>();
      List<byte[]> pictures = new ArrayList<>();
      nals.add(new byte[] {9, (byte) 0xf0});
      if (keyframe) {
        nals.add(SPS);
        nals.add(PPS);
      }
      for (int i = random.nextInt(4); i >= 0; i--) {
        pictures.add(nal(keyframe ? 0x65 : 0x41, 1 + random.nextInt(1 << random.nextInt(16))));
      }
      nals.addAll(pictures);
      packetize(packetizer, Codec.H264, keyframe, annexB(nals));
      List<byte[]> expected = new ArrayList<>(keyframe ? List.of(SPS, PPS) : List.of());
      expected.addAll(pictures);
      assertUnits(expected, h264());
    }
  }

  @Test
  void h264AParameterSetsGoTogetherAndBeforeEveryKeyframe() {
    H264Packetizer packetizer = new H264Packetizer();
    byte[] idr = nal(0x65, 500);
    packetize(packetizer, Codec.H264, true, annexB(List.of(SPS, PPS, idr)));
    assertEquals(
        "7800096742c01fda014016ec000468ce3c80",
        HexFormat.of().formatHex(packets.payloads().get(0)),
        "STAP-A, sizes, units");
    // The encoder gave them once; a viewer who comes later needs them all the same.
    packetize(packetizer, Codec.H264, true, annexB(List.of(idr)));
    assertUnits(List.of(SPS, PPS, idr), h264());
    packetize(packetizer, Codec.H264, false, annexB(List.of(nal(0x41, 20))));
    assertEquals(1, packets.count());
  }

  @Test
  void h264LongUnitsAreFragmentsThatStartAndEnd() {
    byte[] slice = nal(0x61, 3_000);
    packetize(new H264Packetizer(), Codec.H264, false, annexB(List.of(slice)));
    List<byte[]> payloads = packets.payloads();
    assertEquals(3, payloads.size());
    assertEquals("7c81", HexFormat.of().formatHex(payloads.get(0), 0, 2));
    assertEquals("7c01", HexFormat.of().formatHex(payloads.get(1), 0, 2));
    assertEquals("7c41", HexFormat.of().formatHex(payloads.get(2), 0, 2));
    assertUnits(List.of(slice), h264());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1_179, 1_180, 1_181, 2_357, 2_358, 400_000})
  void h264OfAnySize(int size) {
    byte[] slice = nal(0x41, size);
    packetize(new H264Packetizer(), Codec.H264, false, annexB(List.of(slice)));
    assertUnits(List.of(slice), h264());
  }

  private List<byte[]> h264() {
    H264Depacketizer depacketizer = new H264Depacketizer();
    checkShape().forEach(depacketizer::take);
    depacketizer.end();
    return depacketizer.nals;
  }

  /** Bytes that no start code is in, and that do not end in zero. */
  private byte[] nal(int header, int size) {
    byte[] nal = new byte[size];
    random.nextBytes(nal);
    for (int i = 2; i < size; i++) {
      if (nal[i - 2] == 0 && nal[i - 1] == 0 && (nal[i] & 0xfc) == 0) {
        nal[i] = 7;
      }
    }
    nal[size - 1] |= 1;
    nal[0] = (byte) header;
    return nal;
  }

  private byte[] annexB(List<byte[]> nals) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] nal : nals) {
      // Three bytes or four, as encoders mix them.
      out.writeBytes(random.nextBoolean() ? new byte[] {0, 0, 1} : new byte[] {0, 0, 0, 1});
      out.writeBytes(nal);
    }
    return out.toByteArray();
  }

  @Test
  void vp9FramesComeBackWhole() {
    Vp9Packetizer packetizer = new Vp9Packetizer();
    for (int round = 0; round < ROUNDS; round++) {
      boolean keyframe = round % 50 == 0;
      byte[] frame = Units.counting(1 + random.nextInt(1 << random.nextInt(17)), round);
      packetize(packetizer, Codec.VP9, keyframe, frame);
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      List<byte[]> payloads = checkShape();
      for (int i = 0; i < payloads.size(); i++) {
        byte[] payload = payloads.get(i);
        int first = payload[0] & 0xff;
        // RFC 9628 §4.2: I, P, L, F, B, E, V, Z.
        assertEquals(0x80 | (keyframe ? 0 : 0x40), first & 0xf3, "I and P alone");
        assertEquals(i == 0, (first & 0x08) != 0, "B");
        assertEquals(i == payloads.size() - 1, (first & 0x04) != 0, "E");
        int picture = (payload[1] & 0xff) << 8 | payload[2] & 0xff;
        assertEquals(0x8000 | round, picture, "15 bits, one after the other");
        whole.write(payload, 3, payload.length - 3);
      }
      assertArrayEquals(frame, whole.toByteArray());
    }
  }

  @Test
  void av1UnitsComeBackWholeWithoutDelimitersAndSizes() {
    Av1Packetizer packetizer = new Av1Packetizer();
    for (int round = 0; round < ROUNDS; round++) {
      boolean keyframe = random.nextInt(4) == 0;
      ByteArrayOutputStream unit = new ByteArrayOutputStream();
      List<byte[]> expected = new ArrayList<>();
      obu(unit, null, 2, 0, true);
      if (keyframe) {
        obu(unit, expected, 1, 11, true);
      }
      int count = 1 + random.nextInt(6);
      for (int i = 0; i < count; i++) {
        int type = new int[] {3, 4, 5, 6, 15}[random.nextInt(5)];
        // The last may say by the end of the unit how long it is.
        boolean sized = i < count - 1 || random.nextBoolean();
        obu(
            unit,
            type == 15 ? null : expected,
            type,
            random.nextInt(1 << random.nextInt(14)),
            sized);
      }
      if (expected.isEmpty()) {
        continue;
      }
      packetize(packetizer, Codec.AV1, keyframe, unit.toByteArray());
      Av1Depacketizer depacketizer = new Av1Depacketizer();
      checkShape().forEach(depacketizer::take);
      depacketizer.end();
      assertUnits(expected, depacketizer.obus);
      assertEquals(keyframe, depacketizer.newSequence);
    }
  }

  private void obu(
      ByteArrayOutputStream unit,
      @Nullable List<byte[]> expected,
      int type,
      int size,
      boolean sized) {
    boolean extended = random.nextInt(4) == 0;
    byte[] body = new byte[size];
    random.nextBytes(body);
    int header = type << 3 | (extended ? 4 : 0);
    ByteArrayOutputStream bare = new ByteArrayOutputStream();
    unit.write(header | (sized ? 2 : 0));
    bare.write(header);
    if (extended) {
      unit.write(0x28);
      bare.write(0x28);
    }
    if (sized) {
      int left = size;
      while (left >= 128) {
        unit.write(left & 0x7f | 0x80);
        left >>= 7;
      }
      unit.write(left);
    }
    unit.writeBytes(body);
    bare.writeBytes(body);
    if (expected != null) {
      expected.add(bare.toByteArray());
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void emptyAndHugeUnitsAreRefusedAndLeaveNothing(Codec codec) {
    Packetizer packetizer = Packetizer.of(codec);
    byte[] huge = new byte[PacketHistory.MAX_PACKETS * PacketHistory.MAX_PAYLOAD_BYTES + 10_000];
    Arrays.fill(huge, (byte) 1);
    huge[0] = 0;
    huge[1] = 0;
    huge[3] = 0x41;
    for (byte[] bytes : List.of(new byte[0], huge)) {
      try (AccessUnit unit = Units.of(pool, codec, AccessUnit.Kind.KEYFRAME, bytes, 0)) {
        try (PacketHistory history = PacketHistory.open(16, packetizer)) {
          assertEquals(Packetizer.Outcome.REFUSED, packetizer.packetize(unit, history));
          assertEquals(0, history.packets());
          assertEquals(0, history.units());
        }
      }
    }
  }

  @Test
  void whatIsNotOfTheCodecIsRefused() {
    byte[] noise = {(byte) 0x91, 2, 3, 4, 5};
    for (Codec codec : List.of(Codec.H264, Codec.AV1)) {
      try (AccessUnit unit = Units.of(pool, codec, AccessUnit.Kind.KEYFRAME, noise, 0)) {
        assertEquals(
            Packetizer.Outcome.REFUSED,
            packets.packetize(Packetizer.of(codec), unit),
            codec.name());
      }
    }
    // Any bytes at all: refused or packetized, never more.
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length > 4 && random.nextBoolean()) {
        bytes[0] = 0;
        bytes[1] = 0;
        bytes[2] = 1;
      }
      for (Codec codec : List.of(Codec.H264, Codec.AV1)) {
        try (AccessUnit unit = Units.of(pool, codec, AccessUnit.Kind.KEYFRAME, bytes, 0)) {
          packets.packetize(Packetizer.of(codec), unit);
        }
      }
    }
  }

  private void packetize(Packetizer packetizer, Codec codec, boolean keyframe, byte[] bytes) {
    AccessUnit.Kind kind = keyframe ? AccessUnit.Kind.KEYFRAME : AccessUnit.Kind.DELTA;
    try (AccessUnit unit = Units.of(pool, codec, kind, bytes, 0)) {
      assertEquals(Packetizer.Outcome.PACKETIZED, packets.packetize(packetizer, unit));
    }
  }

  /** The payloads, after a look at sizes and markers. */
  private List<byte[]> checkShape() {
    List<byte[]> payloads = packets.payloads();
    for (int i = 0; i < payloads.size(); i++) {
      assertTrue(payloads.get(i).length <= PacketHistory.MAX_PAYLOAD_BYTES);
      assertFalse(payloads.get(i).length == 0);
      boolean marked = (packets.packet(i)[1] & 0x80) != 0;
      assertEquals(i == payloads.size() - 1, marked, "the marker of packet " + i);
    }
    return payloads;
  }

  private static void assertUnits(List<byte[]> expected, List<byte[]> seen) {
    assertEquals(expected.size(), seen.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), seen.get(i), "unit " + i);
    }
  }
}
