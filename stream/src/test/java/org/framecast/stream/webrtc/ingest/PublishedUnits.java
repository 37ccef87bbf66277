package org.framecast.stream.webrtc.ingest;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.webrtc.rtp.PacketHistory;
import org.framecast.stream.webrtc.rtp.PacketScratch;
import org.framecast.stream.webrtc.rtp.Packetizer;
import org.framecast.stream.webrtc.rtp.StreamIdentity;
import org.framecast.stream.webrtc.rtp.Units;

/** A publisher's units of random content, and their packets. */
final class PublishedUnits implements AutoCloseable {
  static final int PAYLOAD_TYPE = 97;
  static final int SSRC = 0x1234_5678;

  private final Codec codec;
  private final Random random;
  private final Packetizer packetizer;
  private final PacketHistory history;
  private final PacketScratch scratch = new PacketScratch();
  private final PacketHistory.Unit unit = new PacketHistory.Unit();
  private final BufferPool pool = BufferPool.open("published", 16 << 20);
  private int sequence;

  PublishedUnits(Codec codec, Random random, int firstSequence) {
    this.codec = codec;
    this.random = random;
    packetizer = Packetizer.of(codec);
    history = PacketHistory.open(512, packetizer);
    sequence = firstSequence;
  }

  /** Bytes of a unit as an encoder would make them. */
  byte[] next(boolean keyframe) {
    int size = 20 + random.nextInt(keyframe ? 9_000 : 4_000);
    return switch (codec) {
      case VP8 -> {
        byte[] bytes = random(size);
        bytes[0] = (byte) (keyframe ? bytes[0] & ~1 : bytes[0] | 1);
        yield bytes;
      }
      case VP9 -> random(size);
      case OPUS -> random(1 + random.nextInt(400));
      case H264 -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (keyframe) {
          nal(out, 0x67, 12);
          nal(out, 0x68, 5);
        }
        nal(out, keyframe ? 0x65 : 0x41, size);
        nal(out, keyframe ? 0x65 : 0x41, 1 + random.nextInt(2_000));
        yield out.toByteArray();
      }
      case AV1 -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x12);
        out.write(0);
        if (keyframe) {
          obu(out, 1, 11);
        }
        obu(out, 3, 1 + random.nextInt(40));
        obu(out, 6, size);
        yield out.toByteArray();
      }
    };
  }

  private byte[] random(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private void nal(ByteArrayOutputStream out, int header, int size) {
    out.writeBytes(new byte[] {0, 0, 0, 1, (byte) header});
    for (int i = 0; i < size; i++) {
      out.write(1 + random.nextInt(255));
    }
  }

  private void obu(ByteArrayOutputStream out, int type, int size) {
    out.write(type << 3 | 2);
    int left = size;
    while (left > 0x7f) {
      out.write(left & 0x7f | 0x80);
      left >>= 7;
    }
    out.write(left);
    out.writeBytes(random(size));
  }

  /** The packets of a unit, numbered on from those before. */
  List<byte[]> packets(byte[] bytes, boolean keyframe, int timestamp) {
    AccessUnit.Kind kind = keyframe ? AccessUnit.Kind.KEYFRAME : AccessUnit.Kind.DELTA;
    try (AccessUnit access = Units.of(pool, codec, kind, bytes, 0)) {
      if (packetizer.packetize(access, history) != Packetizer.Outcome.PACKETIZED) {
        throw new AssertionError("not packetized: " + bytes.length + " bytes");
      }
      history.commit(keyframe, 0, 0);
    }
    history.unit(history.units() - 1, unit);
    scratch.load(history, unit.firstPacket(), unit.count());
    scratch.address(
        new StreamIdentity(PAYLOAD_TYPE, SSRC, 0), sequence, timestamp, (int) history.units(), 0);
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < scratch.count(); i++) {
      packets.add(
          scratch
              .memory()
              .asSlice(scratch.offset(i), scratch.sizeBytes(i))
              .toArray(ValueLayout.JAVA_BYTE));
    }
    sequence += packets.size();
    return packets;
  }

  static int sequence(byte[] packet) {
    return ByteBuffer.wrap(packet).getShort(2) & 0xffff;
  }

  @Override
  public void close() {
    scratch.close();
    history.close();
    pool.close();
  }
}
