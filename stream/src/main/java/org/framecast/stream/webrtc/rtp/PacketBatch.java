package org.framecast.stream.webrtc.rtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The RTP packets of one access unit, in off-heap memory that is used again for the next.
 *
 * <p>A packetizer writes them once; then each viewer's numbers are written into the headers in
 * turn, and the packets are sent from where they lie.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Ownership:</b> owns its memory; {@link #close()} frees it.
 *
 * <p><b>Source:</b> RFC 3550 §5.1.
 */
public final class PacketBatch implements AutoCloseable {
  /** Bytes of the fixed header. */
  public static final int HEADER_BYTES = 12;

  /** Payload that fits everywhere with SRTP, TURN and IPv6 around it. */
  public static final int MAX_PAYLOAD_BYTES = 1_180;

  /** Packets of one access unit: 9.6 MB of it. */
  public static final int MAX_PACKETS = 8_192;

  private static final int SLOT_BYTES = 1_216;
  private static final int PACKETS_PER_BLOCK = 128;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final Arena arena = Arena.ofShared();
  private MemorySegment[] slots = new MemorySegment[0];
  private int[] sizes = new int[0];
  private int count;
  private int nextSequence;
  private int firstSequence;
  private int timestamp;
  private int pictureId = -1;

  public PacketBatch() {
    grow();
  }

  private void grow() {
    int before = slots.length;
    MemorySegment block = arena.allocate((long) SLOT_BYTES * PACKETS_PER_BLOCK, 64);
    MemorySegment[] more = Arrays.copyOf(slots, before + PACKETS_PER_BLOCK);
    for (int i = 0; i < PACKETS_PER_BLOCK; i++) {
      more[before + i] = block.asSlice((long) i * SLOT_BYTES, SLOT_BYTES);
    }
    slots = more;
    sizes = Arrays.copyOf(sizes, more.length);
  }

  /**
   * Begins the next access unit.
   *
   * @param pictureId 15 bits, or -1 when the payload carries none
   */
  void begin(int timestamp, int pictureId) {
    this.timestamp = timestamp;
    this.pictureId = pictureId;
    firstSequence = nextSequence;
    count = 0;
  }

  /** Adds a packet with an empty header and returns its memory, header included. */
  MemorySegment add(int payloadBytes) {
    if (count == slots.length) {
      grow();
    }
    MemorySegment slot = slots[count];
    sizes[count] = HEADER_BYTES + payloadBytes;
    count++;
    nextSequence = (nextSequence + 1) & 0xffff;
    slot.set(ValueLayout.JAVA_BYTE, 0, (byte) 0x80);
    slot.set(ValueLayout.JAVA_BYTE, 1, (byte) 0);
    return slot;
  }

  /** Sets the marker bit of the last packet. */
  void mark() {
    slots[count - 1].set(ValueLayout.JAVA_BYTE, 1, (byte) 0x80);
  }

  /** Packets of this access unit. */
  public int count() {
    return count;
  }

  /** The memory of packet {@code index}; its first {@link #sizeBytes} bytes are the packet. */
  public MemorySegment packet(int index) {
    return slots[index];
  }

  /** Bytes of packet {@code index}, header included. */
  public int sizeBytes(int index) {
    return sizes[index];
  }

  /** The number of the first packet, before a viewer's offset. */
  public int firstSequence() {
    return firstSequence;
  }

  /** The time of the packets, before a viewer's offset. */
  public int timestamp() {
    return timestamp;
  }

  /** The picture's number before a viewer's offset, or -1. */
  public int pictureId() {
    return pictureId;
  }

  /** Writes one viewer's numbers into every header. */
  public void address(StreamIdentity viewer) {
    int payloadType = viewer.payloadType();
    int sequence = firstSequence + viewer.sequenceOffset();
    int time = timestamp + viewer.timestampOffset();
    short picture = (short) (0x8000 | ((pictureId + viewer.pictureIdOffset()) & 0x7fff));
    for (int i = 0; i < count; i++) {
      MemorySegment slot = slots[i];
      int marker = slot.get(ValueLayout.JAVA_BYTE, 1) & 0x80;
      slot.set(ValueLayout.JAVA_BYTE, 1, (byte) (marker | payloadType));
      slot.set(SHORT, 2, (short) (sequence + i));
      slot.set(INT, 4, time);
      slot.set(INT, 8, viewer.ssrc());
      if (pictureId >= 0) {
        slot.set(SHORT, Vp8Packetizer.PICTURE_ID_OFFSET, picture);
      }
    }
  }

  @Override
  public void close() {
    count = 0;
    slots = new MemorySegment[0];
    sizes = new int[0];
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
