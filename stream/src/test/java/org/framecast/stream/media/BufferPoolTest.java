package org.framecast.stream.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
  @Test
  void bytesAndTheirPaddingAreInPlace() {
    try (BufferPool pool = BufferPool.open("test", 1 << 20);
        MediaBuffer buffer = pool.acquire(5000)) {
      buffer.block().fill((byte) 0x55);
      ByteBuffer source = ByteBuffer.wrap(new byte[] {1, 2, 3});
      buffer.fill(source);
      assertEquals(0, source.remaining());
      assertEquals(3, buffer.sizeBytes());
      assertEquals(3, buffer.content().byteSize());
      assertEquals(3, buffer.content().get(ValueLayout.JAVA_BYTE, 2));
      for (int i = 0; i < MediaBuffer.PADDING_BYTES; i++) {
        assertEquals(0, buffer.block().get(ValueLayout.JAVA_BYTE, 3 + i));
      }
      assertTrue(buffer.capacityBytes() >= 5000);
      assertThrows(
          IllegalArgumentException.class, () -> buffer.sizeBytes(buffer.capacityBytes() + 1));
    }
  }

  @Test
  void aSizeThatJustFitsItsClassFits() {
    try (BufferPool pool = BufferPool.open("test", 1 << 20)) {
      int most = 4096 - MediaBuffer.PADDING_BYTES;
      try (MediaBuffer buffer = pool.acquire(most)) {
        assertEquals(most, buffer.capacityBytes());
      }
      try (MediaBuffer buffer = pool.acquire(most + 1)) {
        assertEquals(8192 - MediaBuffer.PADDING_BYTES, buffer.capacityBytes());
      }
    }
  }

  @Test
  void theLimitIsOnBytes() {
    try (BufferPool pool = BufferPool.open("test", 16_384);
        MediaBuffer one = pool.acquire(8000)) {
      try (MediaBuffer two = pool.acquire(8000)) {
        assertNull(pool.tryAcquire(1));
        assertThrows(PoolExhaustedException.class, () -> pool.acquire(1));
        assertEquals(2, pool.live());
        assertNotNull(two);
      }
      assertNull(pool.tryAcquire(10_000));
      assertNull(pool.tryAcquire(Integer.MAX_VALUE));
      assertEquals(1, one.holders());
    }
  }

  @Test
  void idleBuffersOfOtherSizesMakeRoom() {
    AtomicInteger freed = new AtomicInteger();
    try (BufferPool pool = BufferPool.open("test", 16_384)) {
      MediaBuffer small = pool.acquire(10);
      small.attach(freed::incrementAndGet);
      MediaBuffer other = pool.acquire(10);
      other.close();
      small.close();
      pool.acquire(15_000).close();
      assertEquals(1, freed.get());
      pool.acquire(10).close();
    }
  }

  @Test
  void aBufferIsLentAgainEmpty() {
    try (BufferPool pool = BufferPool.open("test", 1 << 20)) {
      MediaBuffer one = pool.acquire(100);
      one.sizeBytes(100);
      one.close();
      try (MediaBuffer again = pool.acquire(200)) {
        assertSame(one, again);
        assertEquals(0, again.sizeBytes());
      }
    }
  }
}
