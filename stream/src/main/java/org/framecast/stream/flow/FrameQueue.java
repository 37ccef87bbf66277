package org.framecast.stream.flow;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.framecast.stream.media.AccessUnit;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue that owns what is inside and says what it does when it is full.
 *
 * <p><b>Thread:</b> any number of producers and consumers. Drops are closed outside the lock.
 *
 * <p><b>Ownership:</b> {@code offer} moves it if it returns true, also when the policy drops the
 * item at once. Taking moves it to the taker. Closing the queue closes what is inside.
 *
 * <p>Nothing is allocated for an item.
 */
public final class FrameQueue<T extends AutoCloseable> implements FrameFeed<T>, AutoCloseable {
  private static final long FOREVER = Long.MAX_VALUE;
  private static final AutoCloseable[] NONE = {};

  private final String name;
  private final DeliveryPolicy policy;
  private final Predicate<? super T> keyframe;
  private final @Nullable Object[] ring;
  private int head;
  private int size;
  private boolean awaitsKeyframe;
  private boolean finished;
  private boolean closed;
  private long accepted;
  private long dropped;
  private long refused;

  private FrameQueue(
      String name, int capacity, DeliveryPolicy policy, Predicate<? super T> keyframe) {
    if (capacity < 1) {
      throw new IllegalArgumentException("queue " + name + " of " + capacity);
    }
    this.name = name;
    this.policy = policy;
    this.keyframe = keyframe;
    this.ring = new Object[capacity];
    this.awaitsKeyframe = policy == DeliveryPolicy.UNTIL_KEYFRAME;
  }

  /** A queue of independent items, which drops from its head when it is full. */
  public static <T extends AutoCloseable> FrameQueue<T> latest(String name, int capacity) {
    return new FrameQueue<>(name, capacity, DeliveryPolicy.LATEST, item -> true);
  }

  /** A queue that loses nothing: it refuses when it is full, and {@link #put} waits. */
  public static <T extends AutoCloseable> FrameQueue<T> everyFrame(String name, int capacity) {
    return new FrameQueue<>(name, capacity, DeliveryPolicy.EVERY_FRAME, item -> true);
  }

  /** One of the two policies for independent items. */
  public static <T extends AutoCloseable> FrameQueue<T> of(
      String name, int capacity, DeliveryPolicy policy) {
    return switch (policy) {
      case LATEST -> latest(name, capacity);
      case EVERY_FRAME -> everyFrame(name, capacity);
      case UNTIL_KEYFRAME ->
          throw new IllegalArgumentException("queue " + name + " needs to know its keyframes");
    };
  }

  /** A queue of items that depend on each other back to the last keyframe. */
  public static <T extends AutoCloseable> FrameQueue<T> untilKeyframe(
      String name, int capacity, Predicate<? super T> keyframe) {
    return new FrameQueue<>(name, capacity, DeliveryPolicy.UNTIL_KEYFRAME, keyframe);
  }

  /** A queue of access units that begins, and begins again after each overflow, at a keyframe. */
  public static FrameQueue<AccessUnit> ofAccessUnits(String name, int capacity) {
    return untilKeyframe(name, capacity, unit -> unit.kind() == AccessUnit.Kind.KEYFRAME);
  }

  /**
   * Offers without waiting.
   *
   * @return whether the queue owns it now; false when it is finished or closed, and under {@link
   *     DeliveryPolicy#EVERY_FRAME} when it is full
   */
  public boolean offer(T item) {
    AutoCloseable[] victims = NONE;
    AutoCloseable victim = null;
    synchronized (this) {
      if (finished) {
        return false;
      }
      boolean full = size == ring.length;
      switch (policy) {
        case LATEST -> {
          if (full) {
            victim = removeFirst();
            dropped++;
          }
          append(item);
        }
        case EVERY_FRAME -> {
          if (full) {
            refused++;
            return false;
          }
          append(item);
        }
        case UNTIL_KEYFRAME -> {
          if (full) {
            victims = removeAll();
            dropped += victims.length;
            awaitsKeyframe = true;
          }
          awaitsKeyframe = awaitsKeyframe && !keyframe.test(item);
          if (awaitsKeyframe) {
            dropped++;
            victim = item;
          } else {
            append(item);
          }
        }
      }
    }
    Closing.close(victim);
    if (victims.length > 0) {
      Closing.closeAll(Arrays.asList(victims));
    }
    return true;
  }

  /**
   * Waits for room and offers.
   *
   * @return as {@link #offer}; false also when there was no room in time
   */
  public boolean put(T item, long timeoutNanos) throws InterruptedException {
    if (policy != DeliveryPolicy.EVERY_FRAME) {
      return offer(item);
    }
    long start = System.nanoTime();
    // Under this policy an offer drops nothing, so that nothing is closed inside the lock.
    synchronized (this) {
      while (size == ring.length && !finished) {
        if (!await(start, timeoutNanos)) {
          return false;
        }
      }
      return offer(item);
    }
  }

  /** Waits for an item; null when the queue is closed, or finished and empty. */
  @Override
  public @Nullable T next() throws InterruptedException {
    return poll(FOREVER);
  }

  /** As {@link #next}: the usual name of it. */
  public @Nullable T take() throws InterruptedException {
    return poll(FOREVER);
  }

  /** Waits at most so long; null then, or when the queue is closed, or finished and empty. */
  public synchronized @Nullable T poll(long timeoutNanos) throws InterruptedException {
    long start = timeoutNanos == FOREVER ? 0 : System.nanoTime();
    while (size == 0 && !finished) {
      if (!await(start, timeoutNanos)) {
        return null;
      }
    }
    return size == 0 ? null : removeFirst();
  }

  /** Takes without waiting. */
  public synchronized @Nullable T poll() {
    return size == 0 ? null : removeFirst();
  }

  /** Accepts no more; what is inside can still be taken. Idempotent. */
  public synchronized void finish() {
    finished = true;
    notifyAll();
  }

  /** Accepts no more, closes what is inside, and wakes all who wait. Idempotent. */
  @Override
  public void close() {
    AutoCloseable[] inside;
    synchronized (this) {
      finished = true;
      closed = true;
      inside = removeAll();
      dropped += inside.length;
      notifyAll();
    }
    Closing.closeAll(Arrays.asList(inside));
  }

  /** Whether an overflow, or the beginning, makes it drop all until a keyframe comes. */
  public synchronized boolean awaitsKeyframe() {
    return awaitsKeyframe;
  }

  /** Whether nothing is inside and nothing will come. */
  public synchronized boolean ended() {
    return finished && size == 0;
  }

  /** Whether it was closed. */
  public synchronized boolean closed() {
    return closed;
  }

  /** Items inside. */
  public synchronized int size() {
    return size;
  }

  /** Items that came inside, those dropped later included. */
  public synchronized long accepted() {
    return accepted;
  }

  /** Items that the policy or the end closed. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Offers refused because it was full; their owners kept them. */
  public synchronized long refused() {
    return refused;
  }

  public String name() {
    return name;
  }

  public DeliveryPolicy policy() {
    return policy;
  }

  private void append(T item) {
    int tail = head + size;
    ring[tail < ring.length ? tail : tail - ring.length] = item;
    size++;
    accepted++;
    if (size == 1) {
      notifyAll();
    }
  }

  @SuppressWarnings("unchecked")
  private T removeFirst() {
    Object item = ring[head];
    if (item == null) {
      throw new IllegalStateException("queue " + name + " has a hole");
    }
    ring[head] = null;
    head = head + 1 == ring.length ? 0 : head + 1;
    if (size-- == ring.length) {
      notifyAll();
    }
    return (T) item;
  }

  private AutoCloseable[] removeAll() {
    AutoCloseable[] all = new AutoCloseable[size];
    for (int i = 0; i < all.length; i++) {
      all[i] = removeFirst();
    }
    Arrays.fill(ring, null);
    return all;
  }

  private boolean await(long start, long timeoutNanos) throws InterruptedException {
    if (timeoutNanos == FOREVER) {
      wait();
      return true;
    }
    long left = timeoutNanos - (System.nanoTime() - start);
    if (left <= 0) {
      return false;
    }
    TimeUnit.NANOSECONDS.timedWait(this, left);
    return true;
  }
}
