package org.framecast.stream.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PooledMemoryTest {
  @Test
  void everyHolderClosesOnce() {
    try (BufferPool pool = BufferPool.open("test", 1 << 20)) {
      MediaBuffer buffer = pool.acquire(10);
      assertEquals(2, buffer.hold().holders());
      buffer.close();
      assertEquals(1, pool.live());
      buffer.close();
      assertEquals(0, pool.live());
      assertThrows(IllegalStateException.class, buffer::close);
      assertThrows(IllegalStateException.class, buffer::hold);
      assertEquals(0, pool.live());
    }
  }

  @Test
  void aWrapperThatFailsToCloseStillFreesTheBlock() {
    BufferPool pool = BufferPool.open("test", 1 << 20);
    MediaBuffer buffer = pool.acquire(10);
    buffer.attach(
        () -> {
          throw new IllegalArgumentException("test");
        });
    buffer.close();
    assertThrows(IllegalArgumentException.class, pool::close);
    assertThrows(IllegalStateException.class, () -> buffer.block().fill((byte) 0));
  }

  @Test
  void holdersOnManyThreadsAreCounted() throws InterruptedException {
    int threads = 4;
    AtomicInteger given = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (FramePool pool = FramePool.open("test", 3)) {
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Thread thread = new Thread(() -> holdAndClose(pool, start, given), "holder " + i);
        thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
        all.add(thread);
        thread.start();
      }
      start.countDown();
      for (Thread thread : all) {
        thread.join();
      }
      assertEquals(null, failure.get());
      assertEquals(0, pool.live());
      assertEquals(true, given.get() > 0);
      assertEquals(true, pool.idle() <= 3);
    }
  }

  private static void holdAndClose(FramePool pool, CountDownLatch start, AtomicInteger given) {
    try {
      start.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    for (int i = 0; i < 4_000; i++) {
      VideoFrame frame = pool.tryAcquire(FrameShape.i420(8 + i % 3, 8));
      if (frame != null) {
        given.incrementAndGet();
        frame.hold();
        frame.close();
        frame.close();
      }
    }
  }
}
