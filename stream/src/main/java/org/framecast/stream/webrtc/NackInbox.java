package org.framecast.stream.webrtc;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What a viewer misses, on its way from the native thread that was told to the sender that has it.
 * When it is full, the rest is forgotten and counted: receivers ask again.
 *
 * <p><b>Thread:</b> any puts; one takes. Nobody waits and nothing is allocated.
 */
final class NackInbox {
  private static final int ROOM = 64;
  private static final long PRESENT = 1L << 40;

  /** Takes each request. */
  interface Reader {
    void missing(int sequence, int following);
  }

  private final AtomicLongArray requests = new AtomicLongArray(ROOM);
  private final AtomicInteger next = new AtomicInteger();
  private volatile boolean any;
  private final AtomicInteger overflows = new AtomicInteger();

  void put(int sequence, int following) {
    long request = PRESENT | (long) (sequence & 0xffff) << 16 | (following & 0xffff);
    int slot = next.getAndIncrement() & (ROOM - 1);
    if (!requests.compareAndSet(slot, 0, request)) {
      overflows.incrementAndGet();
    }
    any = true;
  }

  boolean isEmpty() {
    return !any;
  }

  void drain(Reader reader) {
    any = false;
    for (int i = 0; i < ROOM; i++) {
      long request = requests.get(i);
      if (request != 0) {
        requests.set(i, 0);
        reader.missing((int) (request >>> 16) & 0xffff, (int) request & 0xffff);
      }
    }
  }

  int overflows() {
    return overflows.get();
  }
}
