package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The access unit that is being put together, in a pooled buffer that grows up to a limit.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Ownership:</b> owns the buffer until {@link #take()}.
 */
final class UnitBuffer implements AutoCloseable {
  private static final int FIRST_BYTES = 32 << 10;

  private final BufferPool pool;
  private final int maxBytes;
  private @Nullable MediaBuffer buffer;
  private int size;

  UnitBuffer(BufferPool pool, int maxBytes) {
    this.pool = pool;
    this.maxBytes = maxBytes;
  }

  /** Bytes so far. */
  int sizeBytes() {
    return size;
  }

  /** Appends bytes; false when there is no room for them. */
  boolean append(MemorySegment source, long at, int bytes) {
    MediaBuffer target = room(bytes);
    if (target == null) {
      return false;
    }
    MemorySegment.copy(source, at, target.block(), size, bytes);
    size += bytes;
    return true;
  }

  /** Appends one byte; false when there is no room for it. */
  boolean append(int value) {
    MediaBuffer target = room(1);
    if (target == null) {
      return false;
    }
    target.block().set(ValueLayout.JAVA_BYTE, size++, (byte) value);
    return true;
  }

  /** Makes room for {@code bytes} at a place, and moves what is behind it. */
  boolean insert(int at, int bytes) {
    MediaBuffer target = room(bytes);
    if (target == null) {
      return false;
    }
    MemorySegment block = target.block();
    MemorySegment.copy(block, at, block, (long) at + bytes, size - at);
    size += bytes;
    return true;
  }

  /** Forgets what is behind a place. */
  void cut(int at) {
    size = at;
  }

  int get(int at) {
    return target().block().get(ValueLayout.JAVA_BYTE, at) & 0xff;
  }

  void set(int at, int value) {
    target().block().set(ValueLayout.JAVA_BYTE, at, (byte) value);
  }

  private MediaBuffer target() {
    MediaBuffer target = buffer;
    if (target == null) {
      throw new IllegalStateException("nothing was written");
    }
    return target;
  }

  private @Nullable MediaBuffer room(int more) {
    MediaBuffer before = buffer;
    int needed = size + more;
    if (needed > maxBytes) {
      return null;
    }
    if (before != null && needed <= before.capacityBytes()) {
      return before;
    }
    int wanted = before == null ? FIRST_BYTES : before.capacityBytes() * 2;
    MediaBuffer larger = pool.tryAcquire(Math.max(needed, Math.min(wanted, maxBytes)));
    if (larger != null && before != null) {
      MemorySegment.copy(before.block(), 0, larger.block(), 0, size);
      before.close();
    }
    if (larger != null) {
      buffer = larger;
    }
    return larger;
  }

  /** Hands the bytes over, which are the caller's from now on. */
  MediaBuffer take() {
    MediaBuffer whole = target();
    whole.sizeBytes(size);
    buffer = null;
    size = 0;
    return whole;
  }

  /** Forgets what was put together. */
  void clear() {
    size = 0;
  }

  @Override
  public void close() {
    MediaBuffer rest = buffer;
    buffer = null;
    size = 0;
    if (rest != null) {
      rest.close();
    }
  }
}
