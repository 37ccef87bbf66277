package org.framecast.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.framecast.rtc.Track;

/**
 * The RTP packets that a viewer of the server received, to be sent again by a bare loop: the very
 * same bytes at the same pace.
 *
 * <p>The file has, for each packet, its kind (one byte: 0 pictures, 1 sound), its size (two bytes,
 * big-endian) and its bytes.
 */
final class RecordedPackets {
  /**
   * Packets of one picture or block of sound.
   *
   * @param dueNanos when they are sent, from the beginning of a round
   */
  record Unit(boolean video, long dueNanos, int first, int count) {}

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final long[] RATE_HZ = {90_000, 48_000};

  private record Packet(int kind, long offset, int timestamp) {}

  /** From one packet to the next. */
  static final int STRIDE_BYTES = 1_536;

  private final MemorySegment memory;
  private final MemorySegment sizes;
  private final List<Packet> packets = new ArrayList<>();
  private final List<Unit> units = new ArrayList<>();
  private final int[] perRound = new int[2];
  private long durationNanos;

  private RecordedPackets(MemorySegment memory, MemorySegment sizes) {
    this.memory = memory;
    this.sizes = sizes;
  }

  static RecordedPackets read(Path file, Arena arena) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int count = 0;
    for (int at = 0; at + 3 <= bytes.length; at += 3 + sizeBytes(bytes, at)) {
      count++;
    }
    RecordedPackets read =
        new RecordedPackets(
            arena.allocate((long) count * STRIDE_BYTES, 64),
            arena.allocate(ValueLayout.JAVA_INT, count));
    read.split(bytes);
    return read;
  }

  private static int sizeBytes(byte[] bytes, int at) {
    return (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
  }

  private void split(byte[] bytes) {
    for (int at = 0; at + 3 <= bytes.length; at += 3 + sizeBytes(bytes, at)) {
      long offset = (long) packets.size() * STRIDE_BYTES;
      int size = sizeBytes(bytes, at);
      MemorySegment.copy(bytes, at + 3, memory, ValueLayout.JAVA_BYTE, offset, size);
      sizes.setAtIndex(ValueLayout.JAVA_INT, packets.size(), size);
      packets.add(new Packet(bytes[at], offset, memory.get(INT, offset + 4)));
      perRound[bytes[at]]++;
    }
    for (int i = 0; i < packets.size(); ) {
      int first = i;
      Packet packet = packets.get(first);
      while (i < packets.size()
          && packets.get(i).kind == packet.kind
          && packets.get(i).timestamp == packet.timestamp) {
        i++;
      }
      units.add(new Unit(packet.kind == 0, due(packet), first, i - first));
    }
    units.sort(Comparator.comparingLong(Unit::dueNanos));
    // A frame's time after the last one begins the next round.
    durationNanos = units.getLast().dueNanos() + 1_000_000_000L / 30;
  }

  private long due(Packet packet) {
    int first =
        packets.stream().filter(p -> p.kind == packet.kind).findFirst().orElseThrow().timestamp;
    return (packet.timestamp - first) * 1_000_000_000L / RATE_HZ[packet.kind];
  }

  List<Unit> units() {
    return units;
  }

  long durationNanos() {
    return durationNanos;
  }

  long address(int packet) {
    return memory.address() + packets.get(packet).offset;
  }

  int sizeBytes(int packet) {
    return sizes.getAtIndex(ValueLayout.JAVA_INT, packet);
  }

  /** Sends all packets of a unit at once. */
  void send(Unit unit, Track track) {
    track.send(
        memory,
        packets.get(unit.first()).offset,
        STRIDE_BYTES,
        sizes.asSlice((long) unit.first() * Integer.BYTES, (long) unit.count() * Integer.BYTES),
        unit.count());
  }

  /** The SSRC that the packets carry. */
  int ssrc(boolean video) {
    int kind = video ? 0 : 1;
    Packet packet = packets.stream().filter(p -> p.kind == kind).findFirst().orElseThrow();
    return memory.get(INT, packet.offset + 8);
  }

  /** Once for each packet and viewer: all that a bare loop changes. */
  void payloadType(int packet, int payloadType) {
    long at = packets.get(packet).offset + 1;
    byte marker = (byte) (memory.get(ValueLayout.JAVA_BYTE, at) & 0x80);
    memory.set(ValueLayout.JAVA_BYTE, at, (byte) (marker | payloadType));
  }

  /** Once for each packet and round: its numbers go on where the last round ended. */
  void nextRound(int packet) {
    Packet p = packets.get(packet);
    memory.set(SHORT, p.offset + 2, (short) (memory.get(SHORT, p.offset + 2) + perRound[p.kind]));
    int ticks = (int) (durationNanos * RATE_HZ[p.kind] / 1_000_000_000L);
    memory.set(INT, p.offset + 4, memory.get(INT, p.offset + 4) + ticks);
  }
}
