package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Puts the packets of one sender back in order: a ring by sequence number, bounded in packets and
 * in time. A packet that is missing is asked for, and given up when its time is over.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Ownership:</b> owns its memory; {@link #close()} frees it.
 *
 * <p><b>Source:</b> RFC 3550 §A.1 for jumps of the sequence number, RFC 4585 §6.2.1 for requests.
 */
final class ReorderBuffer implements AutoCloseable {
  /** What became of a packet. */
  enum Put {
    STORED,
    DUPLICATE,
    /** It was delivered or given up before. */
    LATE,
    /** Its number is far away; a second one in a row is believed. */
    FAR
  }

  /** What comes next. */
  enum Next {
    /** The packet at {@link #offset()}. */
    PACKET,
    /** Packets before the next one will not come. */
    GAP,
    /** Nothing now. */
    NONE
  }

  private static final long NEVER = Long.MIN_VALUE;

  private final Arena arena = Arena.ofShared();
  private final ReorderLimits limits;
  private final int mask;
  private final MemorySegment slots;
  private final int[] sizes;
  private final long[] arrivals;
  // The extended number that a slot's packet has, or that is missing there.
  private final long[] numbers;
  private final long[] missingSince;
  private final long[] askedAt;
  private final int[] asks;
  private boolean started;
  private long next;
  private long highest;
  private long expectedFar = NEVER;
  private boolean gap;
  private int missing;
  private long current;

  ReorderBuffer(ReorderLimits limits) {
    this.limits = limits;
    int capacity = Integer.highestOneBit(limits.packets() * 2 - 1);
    mask = capacity - 1;
    slots = arena.allocate((long) capacity * PacketInbox.SLOT_BYTES, 64);
    sizes = new int[capacity];
    arrivals = new long[capacity];
    numbers = new long[capacity];
    missingSince = new long[capacity];
    askedAt = new long[capacity];
    asks = new int[capacity];
    Arrays.fill(numbers, NEVER);
  }

  private int slot(long number) {
    return (int) (number & mask);
  }

  private boolean isHere(long number) {
    int slot = slot(number);
    return numbers[slot] == number && sizes[slot] > 0;
  }

  /** Copies a packet to its place. */
  Put put(int sequence, MemorySegment memory, long at, int sizeBytes, long nowNanos) {
    if (!started) {
      start(sequence + 0x1_0000L);
    }
    long number = highest + (short) (sequence - (int) highest);
    if (number < next) {
      return next - number > limits.packets() ? distant(number) : Put.LATE;
    }
    if (number - next > mask) {
      return distant(number);
    }
    if (isHere(number)) {
      return Put.DUPLICATE;
    }
    expectedFar = NEVER;
    int slot = slot(number);
    if (number > highest) {
      for (long lost = highest + 1; lost < number; lost++) {
        miss(lost, nowNanos);
      }
      highest = number;
    } else {
      missing--;
    }
    numbers[slot] = number;
    sizes[slot] = sizeBytes;
    arrivals[slot] = nowNanos;
    MemorySegment.copy(
        memory, at, slots, (long) slot * PacketInbox.SLOT_BYTES, Math.max(0, sizeBytes));
    return Put.STORED;
  }

  private void start(long number) {
    started = true;
    next = number;
    highest = number - 1;
    missing = 0;
    Arrays.fill(numbers, NEVER);
  }

  private void miss(long number, long nowNanos) {
    int slot = slot(number);
    numbers[slot] = number;
    sizes[slot] = 0;
    missingSince[slot] = nowNanos;
    asks[slot] = 0;
    missing++;
  }

  /** One packet from far away may be anything; two in a row are a sender that began anew. */
  private Put distant(long number) {
    if (number != expectedFar) {
      expectedFar = number + 1;
      return Put.FAR;
    }
    expectedFar = NEVER;
    start(number + 1);
    gap = true;
    return Put.FAR;
  }

  /** Moves on to what comes next in order. */
  Next next(long nowNanos) {
    if (gap) {
      gap = false;
      return Next.GAP;
    }
    if (!started || next > highest) {
      return Next.NONE;
    }
    if (isHere(next)) {
      current = next++;
      return Next.PACKET;
    }
    boolean over =
        nowNanos - missingSince[slot(next)] >= limits.patience().toNanos()
            || highest - next >= limits.packets();
    if (!over) {
      return Next.NONE;
    }
    while (!isHere(next)) {
      next++;
      missing--;
    }
    return Next.GAP;
  }

  MemorySegment memory() {
    return slots;
  }

  long offset() {
    return (long) slot(current) * PacketInbox.SLOT_BYTES;
  }

  int sizeBytes() {
    return sizes[slot(current)];
  }

  long arrivalNanos() {
    return arrivals[slot(current)];
  }

  /** Whether packets are waited for. */
  boolean isWaiting() {
    return missing > 0;
  }

  /**
   * Collects the packets that should be asked for now, and counts them as asked for.
   *
   * @param sequences takes their numbers, in order
   * @param room how many may be asked for
   * @return how many there are
   */
  int due(long nowNanos, int[] sequences, int room) {
    if (missing == 0) {
      return 0;
    }
    int found = 0;
    for (long number = next; number <= highest && found < room; number++) {
      int slot = slot(number);
      if (sizes[slot] == 0 && isDue(slot, nowNanos)) {
        askedAt[slot] = nowNanos;
        asks[slot]++;
        sequences[found++] = (int) number & 0xffff;
      }
    }
    return found;
  }

  private boolean isDue(int slot, long nowNanos) {
    return asks[slot] == 0
        ? nowNanos - missingSince[slot] >= limits.firstAsk().toNanos()
        : asks[slot] < limits.maxAsks() && nowNanos - askedAt[slot] >= limits.askAgain().toNanos();
  }

  @Override
  public void close() {
    started = false;
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
