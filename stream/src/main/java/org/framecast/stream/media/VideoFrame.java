package org.framecast.stream.media;

import java.lang.foreign.MemorySegment;

/**
 * One decoded picture in pooled off-heap memory.
 *
 * <p><b>Ownership:</b> as {@link PooledMemory} says. A frame with one holder may be drawn on; a
 * frame that several hold is read-only.
 *
 * <p><b>Units and shapes:</b> rows of plane <i>p</i> start every {@code stride(p)} bytes, 64-byte
 * aligned; I420 is BT.601 limited range.
 */
public final class VideoFrame extends PooledMemory {
  private final FramePool pool;
  private final FrameShape shape;
  private final MemorySegment[] planes;

  VideoFrame(FramePool pool, FrameShape shape) {
    super(shape.blockBytes());
    this.pool = pool;
    this.shape = shape;
    planes = new MemorySegment[shape.format().planes()];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = block().asSlice(shape.offset(i), shape.planeBytes(i));
    }
  }

  public FrameShape shape() {
    return shape;
  }

  public int width() {
    return shape.width();
  }

  public int height() {
    return shape.height();
  }

  public PixelFormat format() {
    return shape.format();
  }

  /** The rows of plane {@code index}, padding included. */
  public MemorySegment plane(int index) {
    return planes[index];
  }

  /** Bytes from one row of the plane to the next. */
  public int stride(int index) {
    return shape.stride(index);
  }

  /** Copies the pixels of a frame of the same shape into this one. */
  public void copyFrom(VideoFrame source) {
    if (!shape.equals(source.shape)) {
      throw new IllegalArgumentException(shape + " from " + source.shape);
    }
    MemorySegment.copy(source.block(), 0, block(), 0, block().byteSize());
  }

  /** Adds a holder and returns this frame. */
  public VideoFrame hold() {
    addHolder();
    return this;
  }

  @Override
  void giveBack() {
    pool.giveBack(this);
  }
}
