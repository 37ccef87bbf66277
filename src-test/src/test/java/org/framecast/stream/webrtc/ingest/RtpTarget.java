package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.framecast.fuzz.FuzzTarget;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.transport.MediaKind;

/** Packets of a publisher, through reordering and the depacketizer of one codec. */
public final class RtpTarget implements FuzzTarget, UnitAssembler.Taker {
  private static final int PAYLOAD_TYPE = 97;
  private static final int SSRC = 0x1234_5678;
  private static final long PACKET_NANOS = 1_000_000L;

  private final Codec codec;
  private final BufferPool pool = BufferPool.open("fuzz", 32 << 20);
  // Jazzer ends a target on another thread than it feeds it on.
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory = arena.allocate(PacketInbox.SLOT_BYTES);
  private final ReceivingTrack track;
  private long nowNanos;
  private int sequence;
  private long units;

  public RtpTarget(Codec codec) {
    this.codec = codec;
    track =
        new ReceivingTrack(
            new ReceivedTrack(
                "0",
                codec == Codec.OPUS ? MediaKind.AUDIO : MediaKind.VIDEO,
                codec,
                PAYLOAD_TYPE,
                Set.of(SSRC)),
            IngestSettings.defaults(),
            pool,
            new IngestTimeline(),
            this);
  }

  /** Payloads that begin, go on and end units, with and without the codec's optional fields. */
  private List<String> payloads() {
    return switch (codec) {
      case VP8 ->
          List.of(
              "90e0812305" + "f0a100009d012a8002e001",
              "80e1ff050a" + "00",
              "80f1bb",
              "10" + "00".repeat(30));
      case VP9 ->
          List.of(
              "aa8155" + "a0".repeat(12),
              "8f811122" + "01".repeat(9),
              "a20102030405",
              "0a" + "ff".repeat(8));
      case H264 ->
          List.of(
              "6742e01f" + "aa".repeat(8),
              "78" + "0004" + "6742e01f" + "0003" + "68ce3c",
              "7c85" + "88".repeat(20),
              "7c05" + "99".repeat(20),
              "7c45" + "77".repeat(20),
              "41" + "9a".repeat(10),
              "19" + "0001000561");
      case AV1 ->
          List.of(
              "18" + "0a0b000000" + "24".repeat(10),
              "20" + "030a0102" + "32" + "10".repeat(12),
              "80" + "11".repeat(9),
              "c0" + "05" + "3201020304");
      case OPUS -> List.of("fc" + "aa".repeat(40), "78" + "00", "ff" + "4100" + "22".repeat(30));
    };
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String payload : payloads()) {
      for (String head : List.of("80e1", "8061", "90e1", "b0e1", "a0e1")) {
        String extension = head.charAt(0) == '9' || head.charAt(0) == 'b' ? "bede000110aa0000" : "";
        String padding = head.charAt(0) == 'a' || head.charAt(0) == 'b' ? "00000003" : "";
        seeds.add(
            HexFormat.of()
                .parseHex(head + "0001" + "00000bb8" + "12345678" + extension + payload + padding));
      }
    }
    return seeds;
  }

  @Override
  public boolean feed(byte[] input) {
    // Most go on where the one before ended, or nothing would be looked at but the order.
    if (input.length >= 12 && (input[input.length - 1] & 7) != 0) {
      sequence = sequence + 1 & 0xffff;
      ByteBuffer.wrap(input)
          .putShort(2, (short) sequence)
          .putInt(4, sequence / 3 * 3_000)
          .putInt(8, SSRC);
    }
    nowNanos += PACKET_NANOS;
    long before = units;
    int size = Math.min(input.length, PacketInbox.SLOT_BYTES);
    MemorySegment.copy(input, 0, memory, ValueLayout.JAVA_BYTE, 0, size);
    track.packet(memory, 0, size, nowNanos);
    if (pool.live() > 1) {
      throw new AssertionError(pool.live() + " units at a time");
    }
    return units > before;
  }

  @Override
  public void unit(AccessUnit unit) {
    try (unit) {
      if (unit.data().content().byteSize() == 0) {
        throw new AssertionError("an empty unit");
      }
      units++;
    }
  }

  @Override
  public void keyframeNeeded() {}

  @Override
  public void close() {
    track.close();
    int live = pool.live();
    pool.close();
    arena.close();
    if (live != 0) {
      throw new AssertionError(live + " buffers left");
    }
  }
}
