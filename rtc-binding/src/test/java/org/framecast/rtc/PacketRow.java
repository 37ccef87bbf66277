package org.framecast.rtc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** RTP packets at equal distances, with the sizes that a send in one call asks for. */
record PacketRow(MemorySegment packets, MemorySegment sizes, int count) {
  static final int STRIDE_BYTES = 1_216;
  static final int OFFSET_BYTES = 8;

  /** Packets of these sizes, header included, numbered from the first. */
  static PacketRow of(Arena arena, int firstSequence, int... sizes) {
    MemorySegment packets = arena.allocate(OFFSET_BYTES + (long) STRIDE_BYTES * sizes.length);
    for (int i = 0; i < sizes.length; i++) {
      int payload = sizes[i] - Packets.HEADER_BYTES;
      MemorySegment packet = Packets.rtp(arena, Loopback.VIDEO, firstSequence + i, 1, payload);
      packets.asSlice(at(i), sizes[i]).copyFrom(packet);
    }
    return new PacketRow(packets, arena.allocateFrom(ValueLayout.JAVA_INT, sizes), sizes.length);
  }

  private static long at(int index) {
    return OFFSET_BYTES + (long) index * STRIDE_BYTES;
  }

  int send(Track track) {
    return track.send(packets, OFFSET_BYTES, STRIDE_BYTES, sizes, count);
  }

  MemorySegment place(int index) {
    return packets.asSlice(at(index), sizes.getAtIndex(ValueLayout.JAVA_INT, index));
  }

  byte[] packet(int index) {
    return place(index).toArray(ValueLayout.JAVA_BYTE);
  }
}
