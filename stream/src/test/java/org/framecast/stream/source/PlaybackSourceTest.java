package org.framecast.stream.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.plugin.OptionBinder;
import org.framecast.stream.time.Deadline;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.SystemClockPtpClient;
import org.framecast.stream.time.WallClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class PlaybackSourceTest {
  private final FramePool frames = FramePool.open("frames", 4);
  private final BufferPool buffers = BufferPool.open("buffers", 1 << 20);
  private PlaybackSource source;

  @BeforeEach
  void open() {
    source = open("fast");
  }

  private PlaybackSource open(String pace) {
    TestOptions options =
        OptionBinder.bind(
            TestOptions.class,
            Map.of(
                "width", 128, "height", 64, "rate", 25.0, "frames", 250, "audio", false, "pace",
                pace));
    return new PlaybackSource(
        new TestSource(
            "t",
            options,
            new TestSource.Parts(
                frames,
                buffers,
                MediaClock.system(),
                new SystemClockPtpClient(WallClock.system()))));
  }

  @AfterEach
  void nothingIsLeft() {
    source.close();
    assertEquals(0, frames.live());
    frames.close();
    buffers.close();
  }

  private long number() throws InterruptedException {
    try (MediaItem item = source.next()) {
      return assertInstanceOf(TimestampedFrame.class, item).frameNumber();
    }
  }

  /** Asks for the next item on another thread, and waits until it is held. */
  private Thread held(AtomicReference<Long> found) {
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    MediaItem item = source.next();
                    found.set(item instanceof TimestampedFrame frame ? frame.frameNumber() : -1L);
                    if (item != null) {
                      item.close();
                    }
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    Deadline soon = Deadline.in(Duration.ofSeconds(60));
    while (thread.getState() != Thread.State.WAITING) {
      assertFalse(soon.passed(), "it does not wait");
      Thread.onSpinWait();
    }
    return thread;
  }

  @Test
  void holdsStepsAndGoesOn() throws InterruptedException {
    assertEquals(0, number());
    source.pause();
    assertTrue(source.isPaused());
    AtomicReference<Long> found = new AtomicReference<>();
    Thread stepped = held(found);
    source.step();
    stepped.join();
    assertEquals(1, found.get());
    Thread resumed = held(found);
    source.resume();
    resumed.join();
    assertEquals(2, found.get());
    assertFalse(source.isPaused());
    assertEquals(3, number());
  }

  @Test
  void seeksFromThePictureThatWasGivenLast() throws InterruptedException {
    assertTrue(source.isSeekable());
    assertEquals(0, number());
    source.seekBy(Duration.ofSeconds(4));
    assertEquals(100, number());
    source.seekBy(Duration.ofSeconds(-1));
    source.seekBy(Duration.ofSeconds(-1));
    assertEquals(50, number());
    source.seekBy(Duration.ofSeconds(-10));
    assertEquals(0, number());
    source.seekBy(Duration.ofHours(1));
    assertEquals(249, number());
    assertNull(source.next());
  }

  @Test
  void aSeekWhileHeldShowsThePictureThere() throws InterruptedException {
    source.pause();
    AtomicReference<Long> found = new AtomicReference<>();
    Thread thread = held(found);
    source.seekBy(Duration.ofSeconds(2));
    thread.join();
    assertEquals(50, found.get());
    Thread second = held(found);
    source.quit();
    second.join();
    assertEquals(-1, found.get(), "the end");
    assertNull(source.next());
  }

  @Test
  void aCloseWakesWhoIsHeld() throws InterruptedException {
    source.pause();
    AtomicReference<Long> found = new AtomicReference<>();
    Thread thread = held(found);
    source.close();
    thread.join();
    assertEquals(-1, found.get());
  }

  @Test
  void whereThereIsNoWayBackItGoesOn() throws InterruptedException {
    source.close();
    source = open("every-frame");
    assertEquals(0, number());
    source.seekBy(Duration.ofSeconds(4));
    assertEquals(1, number());
  }
}
