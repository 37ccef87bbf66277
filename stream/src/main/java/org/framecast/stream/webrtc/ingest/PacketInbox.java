package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * Packets on their way from a native callback to the thread that reads them: a bounded ring of
 * off-heap slots. When it is full the newest packet is dropped and counted, as the network would
 * have done it.
 *
 * <p><b>Thread:</b> {@link #offer} any; {@link #take} and {@link #release} one.
 *
 * <p><b>Ownership:</b> owns its memory. {@link #close()} ends it for those who offer; its memory is
 * freed by {@link #free()}, which the reader calls last.
 */
final class PacketInbox implements AutoCloseable {
  /** Larger packets do not fit a path of today, and are dropped. */
  static final int SLOT_BYTES = 1_600;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment slots;
  private final int[] sizes;
  private final int[] sources;
  private final long[] arrivals;
  private int head;
  private int count;
  private long dropped;
  private boolean closed;

  PacketInbox(int capacity) {
    slots = arena.allocate((long) capacity * SLOT_BYTES, 64);
    sizes = new int[capacity];
    sources = new int[capacity];
    arrivals = new long[capacity];
  }

  /**
   * Copies a packet in.
   *
   * @param source what the reader knows its sender by
   */
  synchronized void offer(int source, MemorySegment packet, long arrivalNanos) {
    long bytes = packet.byteSize();
    if (closed || count == sizes.length || bytes > SLOT_BYTES) {
      dropped++;
      return;
    }
    int tail = (head + count) % sizes.length;
    MemorySegment.copy(packet, 0, slots, (long) tail * SLOT_BYTES, bytes);
    sizes[tail] = (int) bytes;
    sources[tail] = source;
    arrivals[tail] = arrivalNanos;
    if (count++ == 0) {
      notifyAll();
    }
  }

  /** Wakes the reader without a packet. */
  synchronized void wake() {
    notifyAll();
  }

  /**
   * Waits for a packet, which stays in its slot until {@link #release}.
   *
   * @return false when none came in time, or it is closed
   */
  synchronized boolean take(long timeoutNanos) throws InterruptedException {
    if (count == 0 && !closed && timeoutNanos > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, timeoutNanos);
    }
    return count > 0 && !closed;
  }

  /** Where the packet that was taken begins in {@link #memory()}. */
  long offset() {
    return (long) head * SLOT_BYTES;
  }

  int sizeBytes() {
    return sizes[head];
  }

  int source() {
    return sources[head];
  }

  long arrivalNanos() {
    return arrivals[head];
  }

  MemorySegment memory() {
    return slots;
  }

  synchronized void release() {
    head = (head + 1) % sizes.length;
    count--;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Packets that found no room. */
  synchronized long dropped() {
    return dropped;
  }

  /** Takes no more, and wakes the reader. Idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Frees the memory; nobody offers any more, and nobody reads. */
  void free() {
    close();
    synchronized (this) {
      if (arena.scope().isAlive()) {
        arena.close();
      }
    }
  }
}
