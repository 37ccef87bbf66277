package org.framecast.stream.webrtc.rtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.framecast.stream.transport.PacketRow;

/**
 * One sender's copy of the packets that it sends now, into which it writes one viewer's numbers
 * after the other's.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Ownership:</b> owns its memory; {@link #close()} frees it.
 *
 * <p><b>Source:</b> RFC 3550 §5.1, RFC 8285 §4.2.
 */
public final class PacketScratch implements PacketRow, AutoCloseable {
  private static final int FIRST_PACKETS = 64;
  private static final int ONE_BYTE_EXTENSIONS = 0xbede_0001;

  /** Seconds in 6.18 bits. */
  private static final int SEND_TIME_BITS = 18;

  private static final long NANOS = 1_000_000_000L;

  private final List<Arena> arenas = new ArrayList<>();
  private MemorySegment memory;
  private int room;
  private MemorySegment plainSizes;
  private MemorySegment extendedSizes;
  private byte[] markers = new byte[FIRST_PACKETS];
  private int count;
  private int bytes;
  private int timestamp;
  private int pictureId;
  private int pictureIdAt = -1;
  private boolean extended;

  public PacketScratch() {
    Arena arena = allocate(FIRST_PACKETS);
    memory = slots(arena);
    plainSizes = sizes(arena);
    extendedSizes = sizes(arena);
  }

  private Arena allocate(int packets) {
    Arena arena = Arena.ofShared();
    arenas.add(arena);
    room = packets;
    return arena;
  }

  private MemorySegment slots(Arena arena) {
    return arena.allocate((long) room * PacketHistory.SLOT_BYTES, 64);
  }

  private MemorySegment sizes(Arena arena) {
    return arena.allocate(ValueLayout.JAVA_INT, room);
  }

  /**
   * Takes packets of one unit out of a history.
   *
   * @return false when one of them is not there any more
   */
  public boolean load(PacketHistory history, long packet, int packets) {
    if (packets > room) {
      Arena arena = allocate(Math.max(packets, room * 2));
      memory = slots(arena);
      plainSizes = sizes(arena);
      extendedSizes = sizes(arena);
      markers = new byte[room];
    }
    count = 0;
    if (packets == 0 || !history.copy(packet, packets, memory)) {
      return false;
    }
    count = packets;
    timestamp = memory.get(PacketHistory.INT, PacketHistory.EXTENSION_BYTES + 4);
    pictureIdAt = history.pictureIdAt();
    pictureId =
        pictureIdAt < 0
            ? -1
            : memory.get(PacketHistory.SHORT, PacketHistory.PAYLOAD_AT + pictureIdAt) & 0x7fff;
    int sum = 0;
    for (int i = 0; i < packets; i++) {
      long slot = (long) i * PacketHistory.SLOT_BYTES;
      int size = memory.get(PacketHistory.INT, slot);
      plainSizes.setAtIndex(ValueLayout.JAVA_INT, i, size);
      extendedSizes.setAtIndex(ValueLayout.JAVA_INT, i, size + PacketHistory.EXTENSION_BYTES);
      sum += size;
      markers[i] = memory.get(ValueLayout.JAVA_BYTE, slot + PacketHistory.EXTENSION_BYTES + 1);
    }
    bytes = sum;
    extended = false;
    return true;
  }

  @Override
  public int count() {
    return count;
  }

  /** The unit's RTP time, before a viewer's offset. */
  public int timestamp() {
    return timestamp;
  }

  /** The picture's number before a viewer's offset, or -1 when the packets carry none. */
  public int pictureId() {
    return pictureId;
  }

  /**
   * Writes one viewer's numbers into every packet.
   *
   * @param sequence of the first of them
   * @param time their RTP time
   * @param picture their picture's number, if they carry one
   * @param nowNanos the time of sending, for those who want it
   */
  public void address(StreamIdentity viewer, int sequence, int time, int picture, long nowNanos) {
    extended = viewer.sendTimeId() != 0;
    int first = extended ? 0x90 : 0x80;
    int start = extended ? 0 : PacketHistory.EXTENSION_BYTES;
    int extension = extended ? sendTime(viewer.sendTimeId(), nowNanos) : 0;
    short number = (short) (0x8000 | (picture & 0x7fff));
    for (int i = 0; i < count; i++) {
      long slot = (long) i * PacketHistory.SLOT_BYTES;
      long at = slot + start;
      memory.set(ValueLayout.JAVA_BYTE, at, (byte) first);
      memory.set(ValueLayout.JAVA_BYTE, at + 1, (byte) (markers[i] | viewer.payloadType()));
      memory.set(PacketHistory.SHORT, at + 2, (short) (sequence + i));
      memory.set(PacketHistory.INT, at + 4, time);
      memory.set(PacketHistory.INT, at + 8, viewer.ssrc());
      if (extended) {
        memory.set(PacketHistory.INT, at + 12, ONE_BYTE_EXTENSIONS);
        memory.set(PacketHistory.INT, at + 16, extension);
      }
      if (pictureIdAt >= 0) {
        memory.set(PacketHistory.SHORT, slot + PacketHistory.PAYLOAD_AT + pictureIdAt, number);
      }
    }
  }

  private static int sendTime(int id, long nowNanos) {
    long fraction = (Math.floorMod(nowNanos, 64 * NANOS) << SEND_TIME_BITS) / NANOS;
    return id << 28 | 2 << 24 | (int) (fraction & 0xff_ffff);
  }

  @Override
  public long offset(int index) {
    return (long) index * PacketHistory.SLOT_BYTES + (extended ? 0 : PacketHistory.EXTENSION_BYTES);
  }

  @Override
  public int strideBytes() {
    return PacketHistory.SLOT_BYTES;
  }

  @Override
  public int sizeBytes(int index) {
    return sizes().getAtIndex(ValueLayout.JAVA_INT, index);
  }

  @Override
  public MemorySegment sizes() {
    return extended ? extendedSizes : plainSizes;
  }

  /** Bytes of the first packets, headers included. */
  public int bytes(int packets) {
    if (packets == count) {
      return bytes + (extended ? count * PacketHistory.EXTENSION_BYTES : 0);
    }
    int sum = 0;
    for (int i = 0; i < packets; i++) {
      sum += sizeBytes(i);
    }
    return sum;
  }

  @Override
  public MemorySegment memory() {
    return memory;
  }

  @Override
  public void close() {
    count = 0;
    arenas.forEach(Arena::close);
    arenas.clear();
  }
}
