package org.framecast.stream.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.time.MediaClock;
import org.junit.jupiter.api.Test;

class ToneSourceTest {

  /** Counts blocks and looks at the first. */
  private static final class Ear implements StreamInput {
    private final CountDownLatch blocks = new CountDownLatch(5);
    private float peak;

    @Override
    public boolean offerFrame(TimestampedFrame frame) {
      return false;
    }

    @Override
    public boolean offerAudio(AudioFrame block) {
      assertEquals(960, block.samples());
      for (int i = 0; i < 2 * 960; i++) {
        peak = Math.max(peak, block.content().getAtIndex(ValueLayout.JAVA_FLOAT, i));
      }
      blocks.countDown();
      if (blocks.getCount() % 2 == 0) {
        return false;
      }
      block.close();
      return true;
    }
  }

  @Test
  void blocksOfTwentyMillisecondsAndNothingLeftBehind() throws InterruptedException {
    try (BufferPool pool = BufferPool.open("test", 1 << 20)) {
      Ear ear = new Ear();
      ToneSource tone = new ToneSource("test-tone", MediaClock.system(), pool);
      tone.start(ear, Thread.ofPlatform().daemon().factory());
      assertThrows(
          IllegalStateException.class, () -> tone.start(ear, Thread.ofPlatform().factory()));
      assertTrue(ear.blocks.await(5, TimeUnit.SECONDS));
      assertTrue(tone.stop(Duration.ofSeconds(5)));
      assertTrue(tone.stop(Duration.ofSeconds(5)), "twice is once");
      assertEquals(0.08f, ear.peak, 0.002f);
      assertEquals(0, pool.live());
    }
  }
}
