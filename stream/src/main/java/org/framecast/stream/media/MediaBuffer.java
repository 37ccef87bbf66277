package org.framecast.stream.media;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Bytes in pooled off-heap memory: an encoded image, an access unit, PCM.
 *
 * <p><b>Ownership:</b> as {@link PooledMemory} says.
 *
 * <p><b>Units and shapes:</b> the first {@code sizeBytes} bytes of the block are filled; {@value
 * #PADDING_BYTES} zeroed bytes follow, as FFmpeg's parsers want.
 */
public final class MediaBuffer extends PooledMemory {
  /** Zeroed bytes behind the content. */
  public static final int PADDING_BYTES = 64;

  private final BufferPool pool;
  private final int sizeClass;
  private int sizeBytes;

  MediaBuffer(BufferPool pool, int sizeClass, long blockBytes) {
    super(blockBytes);
    this.pool = pool;
    this.sizeClass = sizeClass;
  }

  /** Bytes filled. */
  public int sizeBytes() {
    return sizeBytes;
  }

  /** Bytes that fit. */
  public int capacityBytes() {
    return (int) (block().byteSize() - PADDING_BYTES);
  }

  /** Says how many bytes are filled and zeroes the padding behind them. */
  public MediaBuffer sizeBytes(int bytes) {
    if (bytes < 0 || bytes > capacityBytes()) {
      throw new IllegalArgumentException(bytes + " bytes of " + capacityBytes());
    }
    sizeBytes = bytes;
    block().asSlice(bytes, PADDING_BYTES).fill((byte) 0);
    return this;
  }

  /** The filled bytes. */
  public MemorySegment content() {
    return block().asSlice(0, sizeBytes);
  }

  /** Replaces the content with the remaining bytes of {@code source}, whose position moves on. */
  public MediaBuffer fill(ByteBuffer source) {
    int bytes = source.remaining();
    sizeBytes(bytes);
    MemorySegment.copy(MemorySegment.ofBuffer(source), 0, block(), 0, bytes);
    source.position(source.limit());
    return this;
  }

  /** Adds a holder and returns this buffer. */
  public MediaBuffer hold() {
    addHolder();
    return this;
  }

  int sizeClass() {
    return sizeClass;
  }

  @Override
  void giveBack() {
    pool.giveBack(this);
  }
}
