package org.framecast.stream.media;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An off-heap block that goes back to its pool when its last holder closes it.
 *
 * <p><b>Ownership:</b> whoever acquired or held it closes it once. The object is lent again after
 * that: keep no reference past the close.
 *
 * <p><b>Thread:</b> one thread writes before it is shared; from then on it is read-only. The
 * counting is safe from any thread.
 */
public abstract class PooledMemory implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment block;
  private final AtomicInteger holders = new AtomicInteger();
  private @Nullable AutoCloseable attachment;

  PooledMemory(long bytes) {
    block = arena.allocate(bytes, FrameShape.ALIGNMENT);
  }

  /** The whole block. */
  public final MemorySegment block() {
    return block;
  }

  final void addHolder() {
    int before = holders.get();
    while (before > 0 && !holders.compareAndSet(before, before + 1)) {
      before = holders.get();
    }
    if (before == 0) {
      throw new IllegalStateException("held after its last close");
    }
  }

  final void lend() {
    if (!holders.compareAndSet(0, 1)) {
      throw new IllegalStateException("lent while it is held");
    }
  }

  /** How many holders there are now; 1 means that the caller is alone. */
  public final int holders() {
    return holders.get();
  }

  /** Gives up one hold; the last one returns the block to its pool. */
  @Override
  public final void close() {
    int before = holders.get();
    while (before > 0 && !holders.compareAndSet(before, before - 1)) {
      before = holders.get();
    }
    if (before == 0) {
      throw new IllegalStateException("closed more often than held");
    }
    if (before == 1) {
      giveBack();
    }
  }

  /**
   * What an adapter has tied to this block for as long as the block lives, such as a codec
   * library's wrapper, made once. Closed when the block is freed.
   *
   * <p><b>Thread:</b> a holder that is alone with the block.
   */
  public final @Nullable AutoCloseable attachment() {
    return attachment;
  }

  /** Ties a wrapper to the block; see {@link #attachment()}. */
  public final void attach(AutoCloseable wrapper) {
    if (attachment != null) {
      throw new IllegalStateException("the block has its wrapper");
    }
    attachment = wrapper;
  }

  abstract void giveBack();

  /** Frees the memory; only the pool calls it, when nobody holds the block. */
  final void free() {
    AutoCloseable wrapper = attachment;
    attachment = null;
    try {
      if (wrapper != null) {
        wrapper.close();
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      arena.close();
    }
  }
}
