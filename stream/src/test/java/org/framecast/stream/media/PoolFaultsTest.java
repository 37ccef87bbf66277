package org.framecast.stream.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What pools refuse, and what becomes of blocks whose memory or wrapper fails. */
class PoolFaultsTest {
  private static final FrameShape SHAPE = FrameShape.i420(16, 16);

  @Test
  void aClosedPoolLendsNothing() {
    BufferPool buffers = BufferPool.open("b", 1 << 16);
    FramePool frames = FramePool.open("f", 1);
    buffers.close();
    frames.close();
    assertThrows(IllegalStateException.class, () -> buffers.acquire(1));
    assertThrows(IllegalStateException.class, () -> frames.acquire(SHAPE));
    assertEquals("f", frames.name());
  }

  @Test
  void whatIsLargerThanThePoolIsNeverLent() {
    try (BufferPool buffers = BufferPool.open("b", 1 << 16)) {
      assertNull(buffers.tryAcquire(Integer.MAX_VALUE));
      PoolExhaustedException none =
          assertThrows(PoolExhaustedException.class, () -> buffers.acquire(1 << 20));
      assertEquals(MediaException.Code.POOL_EXHAUSTED, none.code());
      assertEquals(0, buffers.live());
    }
    assertThrows(IllegalArgumentException.class, () -> FramePool.open("f", 0));
  }

  @Test
  void aBlockThatReturnsAfterThePoolIsClosedIsFreed() {
    BufferPool buffers = BufferPool.open("b", 1 << 16);
    FramePool frames = FramePool.open("f", 1);
    MediaBuffer buffer = buffers.acquire(10);
    VideoFrame frame = frames.acquire(SHAPE);
    buffers.close();
    frames.close();
    buffer.close();
    frame.close();
    assertEquals(0, buffers.live() + frames.live());
    assertThrows(IllegalStateException.class, buffer::hold);
    assertThrows(IllegalStateException.class, frame::close);
  }

  @Test
  void aWrapperIsTiedOnceAndWhatItsCloseThrowsIsSaid() {
    FramePool frames = FramePool.open("f", 1);
    VideoFrame frame = frames.acquire(SHAPE);
    frame.attach(
        () -> {
          throw new java.io.IOException("stuck");
        });
    assertThrows(IllegalStateException.class, () -> frame.attach(() -> {}));
    frame.close();
    IllegalStateException stuck = assertThrows(IllegalStateException.class, frames::close);
    Throwable cause = Objects.requireNonNull(stuck.getCause());
    assertEquals("stuck", cause.getMessage());
  }
}
