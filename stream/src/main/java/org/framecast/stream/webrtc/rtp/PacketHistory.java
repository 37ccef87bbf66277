package org.framecast.stream.webrtc.rtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The last RTP packets of one rendition, or of the sound, off-heap and once for all viewers: what
 * is sent, and what is sent again.
 *
 * <p>Packets and units have numbers that only rise. A ring holds the last of them; a packet that is
 * being read while its place is taken by a newer one is noticed, not prevented, so that the writer
 * waits for nobody. Packets carry the numbers of the rendition; a reader copies them and writes a
 * viewer's numbers into the copy.
 *
 * <p><b>Thread:</b> one writer; {@link #unit}, {@link #copy} and the counters any.
 *
 * <p><b>Ownership:</b> owns its memory; {@link #close()} frees it, and nobody may read any more.
 *
 * <p><b>Source:</b> RFC 3550 §5.1.
 */
public final class PacketHistory implements AutoCloseable {
  /** Bytes of the fixed header. */
  public static final int HEADER_BYTES = 12;

  /** Payload that fits everywhere with SRTP, TURN, IPv6 and a header extension around it. */
  public static final int MAX_PAYLOAD_BYTES = 1_180;

  /** Packets of one access unit: 4.8 MB of it. */
  public static final int MAX_PACKETS = 4_096;

  /** Bytes from one packet to the next. */
  public static final int SLOT_BYTES = 1_216;

  /** Room in front of the header for a header extension; here it holds the packet's size. */
  static final int EXTENSION_BYTES = 8;

  /** Where the payload begins in a slot, with a header extension or without. */
  static final int PAYLOAD_AT = EXTENSION_BYTES + HEADER_BYTES;

  /** No such unit. */
  public static final long NONE = -1;

  static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final int UNITS = 1_024;
  private static final VarHandle CLAIMED;
  private static final VarHandle UNIT_COUNT;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      CLAIMED = lookup.findVarHandle(PacketHistory.class, "claimed", long.class);
      UNIT_COUNT = lookup.findVarHandle(PacketHistory.class, "unitCount", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Arena arena = Arena.ofShared();
  private final int pictureIdAt;
  // Replaced by a larger one when a unit does not fit; the smaller ones stay readable.
  private volatile Ring ring;

  @SuppressWarnings("UnusedVariable") // By its handle.
  private long claimed;

  @SuppressWarnings("UnusedVariable") // By its handle.
  private long unitCount;

  private final long[] firstPackets = new long[UNITS];
  private final long[] shapes = new long[UNITS];
  private final long[] ptsNanos = new long[UNITS];
  private final long[] writtenNanos = new long[UNITS];
  private volatile long lastKeyframe = NONE;

  // The unit that is being written.
  private long firstPacket;
  private long nextPacket;
  private int timestamp;

  /** A larger one begins with what the smaller one held; what was older is in none of them. */
  private record Ring(MemorySegment memory, int packets, long oldest) {
    long at(long packet) {
      return (packet & (packets - 1)) * (long) SLOT_BYTES;
    }

    /** Whether the packet is there when so many were claimed. */
    boolean holds(long packet, long claimed) {
      return packet >= oldest && claimed <= packet + packets;
    }
  }

  /** What a reader learns of a unit; one object, filled for each. */
  public static final class Unit {
    private long firstPacket;
    private int count;
    private boolean keyframe;
    private long ptsNanos;
    private long writtenNanos;

    public long firstPacket() {
      return firstPacket;
    }

    public int count() {
      return count;
    }

    /** Whether it decodes alone. */
    public boolean isKeyframe() {
      return keyframe;
    }

    public long ptsNanos() {
      return ptsNanos;
    }

    /** When it was written, by the clock of the writer. */
    public long writtenNanos() {
      return writtenNanos;
    }
  }

  private PacketHistory(int packets, int pictureIdAt) {
    this.pictureIdAt = pictureIdAt;
    this.ring = ring(packets, 0);
  }

  /**
   * Opens an empty history.
   *
   * @param packets how many it holds at least
   * @param codec the packets' packetizer, which knows where a picture's number stands
   */
  public static PacketHistory open(int packets, Packetizer codec) {
    if (packets < 2 || packets > 1 << 16) {
      throw new IllegalArgumentException("a history of " + packets + " packets");
    }
    int room = Integer.highestOneBit(packets - 1) << 1;
    return new PacketHistory(room, codec.pictureIdAt());
  }

  private Ring ring(int packets, long oldest) {
    return new Ring(arena.allocate((long) SLOT_BYTES * packets, 64), packets, oldest);
  }

  /** Begins the next unit. Nothing of it is seen before {@link #commit}. */
  void begin(int rtpTimestamp) {
    timestamp = rtpTimestamp;
    firstPacket = nextPacket;
  }

  /** Adds a packet and returns where in {@link #memory()} its payload begins. */
  long add(int payloadBytes) {
    if (nextPacket - firstPacket >= ring.packets() / 2) {
      grow();
    }
    Ring now = ring;
    long packet = nextPacket++;
    CLAIMED.setOpaque(this, nextPacket);
    // Whoever sees a byte of what follows sees the claim too.
    VarHandle.storeStoreFence();
    MemorySegment memory = now.memory();
    long at = now.at(packet);
    memory.set(INT, at, HEADER_BYTES + payloadBytes);
    memory.set(SHORT, at + EXTENSION_BYTES, (short) 0x8000);
    memory.set(SHORT, at + EXTENSION_BYTES + 2, (short) packet);
    memory.set(INT, at + EXTENSION_BYTES + 4, timestamp);
    memory.set(INT, at + EXTENSION_BYTES + 8, 0);
    return at + PAYLOAD_AT;
  }

  private void grow() {
    Ring before = ring;
    long oldest = Math.max(before.oldest(), nextPacket - before.packets());
    Ring larger = ring(before.packets() * 2, oldest);
    for (long i = oldest; i < nextPacket; i++) {
      MemorySegment.copy(before.memory(), before.at(i), larger.memory(), larger.at(i), SLOT_BYTES);
    }
    ring = larger;
  }

  /** Where packets are written; it may change with {@link #add}. */
  MemorySegment memory() {
    return ring.memory();
  }

  /** Sets the marker bit of the last packet. */
  void mark() {
    Ring now = ring;
    now.memory().set(ValueLayout.JAVA_BYTE, now.at(nextPacket - 1) + EXTENSION_BYTES + 1, MARKER);
  }

  private static final byte MARKER = (byte) 0x80;

  /** Shows the unit to the readers. */
  public void commit(boolean keyframe, long pts, long nowNanos) {
    long unit = (long) UNIT_COUNT.getOpaque(this);
    int slot = (int) (unit & (UNITS - 1));
    firstPackets[slot] = firstPacket;
    shapes[slot] = ((nextPacket - firstPacket) << 1) | (keyframe ? 1 : 0);
    ptsNanos[slot] = pts;
    writtenNanos[slot] = nowNanos;
    if (keyframe) {
      lastKeyframe = unit;
    }
    UNIT_COUNT.setRelease(this, unit + 1);
    // The places of the next unit are not written before this is seen.
    VarHandle.storeStoreFence();
  }

  /** Units so far: the number of the next. */
  public long units() {
    return (long) UNIT_COUNT.getAcquire(this);
  }

  /** Packets so far. */
  public long packets() {
    return (long) CLAIMED.getAcquire(this);
  }

  /** The last unit that decodes alone, or {@link #NONE}. */
  public long lastKeyframe() {
    return lastKeyframe;
  }

  /**
   * Reads a unit's numbers.
   *
   * @return false when it is not there, or not any more
   */
  public boolean unit(long number, Unit into) {
    if (number < 0 || number >= units()) {
      return false;
    }
    int slot = (int) (number & (UNITS - 1));
    into.firstPacket = firstPackets[slot];
    long shape = shapes[slot];
    into.count = (int) (shape >>> 1);
    into.keyframe = (shape & 1) != 0;
    into.ptsNanos = ptsNanos[slot];
    into.writtenNanos = writtenNanos[slot];
    VarHandle.loadLoadFence();
    return (long) UNIT_COUNT.getOpaque(this) < number + UNITS
        && ring.holds(into.firstPacket, packets());
  }

  /**
   * Copies packets as they lie, a slot for each.
   *
   * @return false when one of them is not there, or not any more; the copy is of no use then
   */
  boolean copy(long packet, int count, MemorySegment target) {
    if (packet < 0 || packet + count > packets()) {
      return false;
    }
    Ring now = ring;
    for (int i = 0; i < count; i++) {
      long from = now.at(packet + i);
      int size = now.memory().get(INT, from);
      // A torn size is caught below.
      int bytes = EXTENSION_BYTES + Math.clamp(size, 0, SLOT_BYTES - EXTENSION_BYTES);
      MemorySegment.copy(now.memory(), from, target, (long) i * SLOT_BYTES, bytes);
    }
    VarHandle.loadLoadFence();
    return now.holds(packet, (long) CLAIMED.getOpaque(this));
  }

  /** Where a picture's number of 15 bits stands in a payload, or -1. */
  int pictureIdAt() {
    return pictureIdAt;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
