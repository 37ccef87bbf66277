package org.framecast.stream.media;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lends {@link VideoFrame}s and takes them back, so that a running stream allocates none.
 *
 * <p>The limit is on frames of all shapes together. When a new shape needs room, idle frames of
 * other shapes are freed first.
 *
 * <p><b>Thread:</b> any. A short lock guards the lists.
 *
 * <p><b>Ownership:</b> closing the pool frees idle frames at once and the others when they come
 * back.
 */
public final class FramePool implements AutoCloseable {
  private final String name;
  private final int maxFrames;
  private final Map<FrameShape, ArrayDeque<VideoFrame>> idle = new HashMap<>();
  private int idleCount;
  private int live;
  private boolean closed;

  private FramePool(String name, int maxFrames) {
    if (maxFrames < 1) {
      throw new IllegalArgumentException("a pool of " + maxFrames + " frames");
    }
    this.name = name;
    this.maxFrames = maxFrames;
  }

  /** Opens a pool that lends at most {@code maxFrames} frames at a time. */
  public static FramePool open(String name, int maxFrames) {
    return new FramePool(name, maxFrames);
  }

  /**
   * Lends a frame whose pixels are whatever was there before.
   *
   * @throws PoolExhaustedException when {@code maxFrames} frames are out
   */
  public VideoFrame acquire(FrameShape shape) {
    VideoFrame frame = tryAcquire(shape);
    if (frame == null) {
      throw new PoolExhaustedException(name, maxFrames + " frames");
    }
    return frame;
  }

  /** As {@link #acquire(FrameShape)}, but null when the pool has lent all. */
  public @Nullable VideoFrame tryAcquire(FrameShape shape) {
    VideoFrame frame;
    VideoFrame evicted = null;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("pool " + name + " is closed");
      }
      if (live == maxFrames) {
        return null;
      }
      ArrayDeque<VideoFrame> list = idle.get(shape);
      frame = list == null ? null : list.pollLast();
      if (frame != null) {
        idleCount--;
      } else if (live + idleCount >= maxFrames) {
        evicted = evict();
      }
      live++;
    }
    if (evicted != null) {
      evicted.free();
    }
    if (frame == null) {
      frame = allocate(shape);
    }
    frame.lend();
    return frame;
  }

  private VideoFrame allocate(FrameShape shape) {
    boolean done = false;
    try {
      VideoFrame frame = new VideoFrame(this, shape);
      done = true;
      return frame;
    } finally {
      if (!done) {
        forget();
      }
    }
  }

  private synchronized void forget() {
    live--;
  }

  private @Nullable VideoFrame evict() {
    Iterator<ArrayDeque<VideoFrame>> lists = idle.values().iterator();
    while (lists.hasNext()) {
      ArrayDeque<VideoFrame> list = lists.next();
      VideoFrame frame = list.pollFirst();
      if (list.isEmpty()) {
        lists.remove();
      }
      if (frame != null) {
        idleCount--;
        return frame;
      }
    }
    return null;
  }

  void giveBack(VideoFrame frame) {
    synchronized (this) {
      live--;
      if (!closed) {
        idle.computeIfAbsent(frame.shape(), s -> new ArrayDeque<>()).addLast(frame);
        idleCount++;
        return;
      }
    }
    frame.free();
  }

  /** Frames that somebody holds. */
  public synchronized int live() {
    return live;
  }

  /** Frames that wait to be lent again. */
  public synchronized int idle() {
    return idleCount;
  }

  public String name() {
    return name;
  }

  @Override
  public void close() {
    ArrayDeque<VideoFrame> toFree = new ArrayDeque<>();
    synchronized (this) {
      closed = true;
      idle.values().forEach(toFree::addAll);
      idle.clear();
      idleCount = 0;
    }
    toFree.forEach(PooledMemory::free);
  }
}
