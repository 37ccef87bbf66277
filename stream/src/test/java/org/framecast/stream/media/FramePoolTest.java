package org.framecast.stream.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FramePoolTest {
  private static final FrameShape SMALL = FrameShape.i420(31, 17);
  private static final FrameShape LARGE = FrameShape.i420(64, 48);

  @Test
  void theLimitHolds() {
    try (FramePool pool = FramePool.open("test", 2);
        VideoFrame one = pool.acquire(SMALL)) {
      VideoFrame two = pool.acquire(LARGE);
      assertNull(pool.tryAcquire(SMALL));
      PoolExhaustedException e =
          assertThrows(PoolExhaustedException.class, () -> pool.acquire(SMALL));
      assertEquals(MediaException.Code.POOL_EXHAUSTED, e.code());
      two.close();
      assertEquals(1, pool.live());
      pool.acquire(LARGE).close();
      assertEquals(1, one.holders());
    }
  }

  @Test
  void aFrameIsLentAgainWithItsAttachment() {
    AtomicInteger closed = new AtomicInteger();
    try (FramePool pool = FramePool.open("test", 2)) {
      VideoFrame one = pool.acquire(SMALL);
      AutoCloseable wrapper = closed::incrementAndGet;
      one.attach(wrapper);
      one.close();
      try (VideoFrame again = pool.acquire(SMALL)) {
        assertSame(one, again);
        assertSame(wrapper, again.attachment());
        assertThrows(IllegalStateException.class, () -> again.attach(wrapper));
      }
      assertEquals(0, closed.get());
    }
    assertEquals(1, closed.get());
  }

  @Test
  void anIdleFrameOfAnotherShapeMakesRoom() {
    AtomicInteger freed = new AtomicInteger();
    try (FramePool pool = FramePool.open("test", 1)) {
      VideoFrame small = pool.acquire(SMALL);
      small.attach(freed::incrementAndGet);
      small.close();
      try (VideoFrame large = pool.acquire(LARGE)) {
        assertEquals(LARGE, large.shape());
        assertEquals(1, freed.get());
        assertEquals(0, pool.idle());
      }
    }
  }

  @Test
  void closingThePoolWaitsForNoFrame() {
    FramePool pool = FramePool.open("test", 2);
    VideoFrame lent = pool.acquire(SMALL);
    AtomicInteger freed = new AtomicInteger();
    lent.attach(freed::incrementAndGet);
    pool.close();
    assertEquals(0, freed.get());
    lent.block().fill((byte) 7);
    lent.close();
    assertEquals(1, freed.get());
    assertThrows(IllegalStateException.class, () -> lent.block().fill((byte) 0));
    assertThrows(IllegalStateException.class, () -> pool.acquire(SMALL));
  }

  @Test
  void planesAreAlignedAndApart() {
    try (FramePool pool = FramePool.open("test", 1);
        VideoFrame frame = pool.acquire(SMALL)) {
      long end = frame.block().address();
      for (int p = 0; p < 3; p++) {
        assertEquals(0, frame.plane(p).address() % FrameShape.ALIGNMENT);
        assertEquals(0, frame.stride(p) % FrameShape.ALIGNMENT);
        assertEquals(end, frame.plane(p).address());
        end += frame.plane(p).byteSize();
      }
      assertEquals(16, SMALL.rowBytes(1));
      assertEquals(9, SMALL.rows(2));
    }
  }
}
