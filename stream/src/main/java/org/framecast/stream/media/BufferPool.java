package org.framecast.stream.media;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lends {@link MediaBuffer}s in size classes of powers of two, from 4 KiB to 128 MiB.
 *
 * <p><b>Thread:</b> any. A short lock guards the lists.
 *
 * <p><b>Units and shapes:</b> the limit is on bytes, lent and idle together.
 */
public final class BufferPool implements AutoCloseable {
  private static final int SMALLEST_SHIFT = 12;
  private static final int CLASSES = 16;

  private final String name;
  private final long maxBytes;
  private final List<ArrayDeque<MediaBuffer>> idle = new ArrayList<>(CLASSES);
  private long idleBytes;
  private long liveBytes;
  private int live;
  private boolean closed;

  private BufferPool(String name, long maxBytes) {
    this.name = name;
    this.maxBytes = maxBytes;
    for (int i = 0; i < CLASSES; i++) {
      idle.add(new ArrayDeque<>());
    }
  }

  /** Opens a pool that lends at most {@code maxBytes} at a time. */
  public static BufferPool open(String name, long maxBytes) {
    return new BufferPool(name, maxBytes);
  }

  /**
   * Lends a buffer that holds at least {@code bytes}; its size is 0.
   *
   * @throws PoolExhaustedException when the limit is reached or {@code bytes} exceeds the classes
   */
  public MediaBuffer acquire(int bytes) {
    MediaBuffer buffer = tryAcquire(bytes);
    if (buffer == null) {
      throw new PoolExhaustedException(name, maxBytes + " bytes");
    }
    return buffer;
  }

  /** As {@link #acquire(int)}, but null when the limit is reached. */
  public @Nullable MediaBuffer tryAcquire(int bytes) {
    int sizeClass = sizeClass(bytes);
    if (sizeClass >= CLASSES) {
      return null;
    }
    long blockBytes = blockBytes(sizeClass);
    MediaBuffer buffer;
    List<MediaBuffer> evicted = List.of();
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("pool " + name + " is closed");
      }
      if (liveBytes + blockBytes > maxBytes) {
        return null;
      }
      buffer = idle.get(sizeClass).pollLast();
      if (buffer != null) {
        idleBytes -= blockBytes;
      } else if (liveBytes + idleBytes + blockBytes > maxBytes) {
        evicted = evict(liveBytes + idleBytes + blockBytes - maxBytes);
      }
      liveBytes += blockBytes;
      live++;
    }
    evicted.forEach(PooledMemory::free);
    if (buffer == null) {
      buffer = allocate(sizeClass, blockBytes);
    }
    buffer.lend();
    buffer.sizeBytes(0);
    return buffer;
  }

  private MediaBuffer allocate(int sizeClass, long blockBytes) {
    boolean done = false;
    try {
      MediaBuffer buffer = new MediaBuffer(this, sizeClass, blockBytes);
      done = true;
      return buffer;
    } finally {
      if (!done) {
        forget(blockBytes);
      }
    }
  }

  private synchronized void forget(long blockBytes) {
    liveBytes -= blockBytes;
    live--;
  }

  private List<MediaBuffer> evict(long bytes) {
    List<MediaBuffer> evicted = new ArrayList<>();
    long missing = bytes;
    for (int i = CLASSES - 1; i >= 0; i--) {
      while (missing > 0 && !idle.get(i).isEmpty()) {
        evicted.add(idle.get(i).removeFirst());
        missing -= blockBytes(i);
        idleBytes -= blockBytes(i);
      }
    }
    return evicted;
  }

  void giveBack(MediaBuffer buffer) {
    long blockBytes = blockBytes(buffer.sizeClass());
    synchronized (this) {
      live--;
      liveBytes -= blockBytes;
      if (!closed) {
        idle.get(buffer.sizeClass()).addLast(buffer);
        idleBytes += blockBytes;
        return;
      }
    }
    buffer.free();
  }

  private static int sizeClass(int bytes) {
    long needed = Math.max(1L, bytes) + MediaBuffer.PADDING_BYTES;
    return Math.max(0, 64 - Long.numberOfLeadingZeros(needed - 1) - SMALLEST_SHIFT);
  }

  private static long blockBytes(int sizeClass) {
    return 1L << (SMALLEST_SHIFT + sizeClass);
  }

  /** Buffers that somebody holds. */
  public synchronized int live() {
    return live;
  }

  @Override
  public void close() {
    List<MediaBuffer> toFree = new ArrayList<>();
    synchronized (this) {
      closed = true;
      for (ArrayDeque<MediaBuffer> list : idle) {
        toFree.addAll(list);
        list.clear();
      }
      idleBytes = 0;
    }
    toFree.forEach(PooledMemory::free);
  }
}
