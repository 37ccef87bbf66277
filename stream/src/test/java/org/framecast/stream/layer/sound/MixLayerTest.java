package org.framecast.stream.layer.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.framecast.stream.flow.AudioLayer;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.flow.SourceOpener;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.AudioInfo;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.OptionBinder;
import org.framecast.stream.plugin.RegistrySources;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class MixLayerTest {
  private final FramePool frames = FramePool.open("frames", 8);
  private final BufferPool buffers = BufferPool.open("buffers", 4 << 20);
  private final Blocks mine = new Blocks(buffers);
  private final Blocks others = new Blocks(buffers);
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() {
    threads.forEach(thread -> assertEquals(Thread.State.TERMINATED, thread.getState()));
    assertEquals(0, frames.live());
    assertEquals(0, buffers.live());
    frames.close();
    buffers.close();
  }

  private Thread thread(Runnable work) {
    Thread thread = Thread.ofPlatform().daemon().unstarted(work);
    threads.add(thread);
    return thread;
  }

  /** Gives what it is made of, then ends, fails, or waits for its close. */
  private static final class Listed implements StreamSource {
    private final ArrayDeque<MediaItem> items;
    private final Runnable end;
    private final CountDownLatch closed = new CountDownLatch(1);

    Listed(List<AudioFrame> items, Runnable end) {
      this.items = new ArrayDeque<>(items);
      this.end = end;
    }

    @Override
    public MediaInfo info() {
      return MediaInfo.ofAudio(AudioInfo.WORKING);
    }

    @Override
    public @Nullable MediaItem next() {
      MediaItem item = items.poll();
      if (item == null) {
        end.run();
      }
      return item;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private List<AudioFrame> constant(double value, int count) {
    List<AudioFrame> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(others.next(seconds -> value));
    }
    return list;
  }

  private float mixed(AudioLayer layer, double value) {
    try (AudioFrame block = mine.next(seconds -> value)) {
      layer.process(block);
      return Blocks.sample(block, 2 * Blocks.SAMPLES - 1);
    }
  }

  @Test
  void theOtherSoundIsAddedSampleBySampleUntilItEnds() {
    MixLayer layer = new MixLayer(new Listed(constant(0.5, 3), () -> {}), -6, this::thread);
    double added = 0.5 * Math.pow(10, -6 / 20.0);
    for (int i = 0; i < 3; i++) {
      assertEquals(0.25 + added, mixed(layer, 0.25), 1e-6);
    }
    assertEquals(0.25, mixed(layer, 0.25), 1e-6, "it has ended");
    assertEquals(0, layer.missingSamples());
    assertNull(layer.failure());
    layer.close();
    layer.close();
  }

  /** A block of mine ends within one of theirs, and the next goes on there. */
  @Test
  void blocksOfOtherLengthsAreJoinedWithoutAGap() {
    List<AudioFrame> ramp = List.of(others.next(seconds -> seconds), others.next(s -> s));
    MixLayer layer = new MixLayer(new Listed(ramp, () -> {}), 0, this::thread);
    int length = 400;
    for (int first = 0; first + length <= 2 * Blocks.SAMPLES; first += length) {
      int bytes = length * AudioFrame.BYTES_PER_SAMPLE_PAIR;
      MediaBuffer silence = buffers.acquire(bytes).sizeBytes(bytes);
      silence.content().fill((byte) 0);
      try (AudioFrame block = new AudioFrame(silence, 0)) {
        layer.process(block);
        for (int i = 0; i < length; i++) {
          double wanted = (double) (first + i) / AudioFrame.SAMPLE_RATE_HZ;
          assertEquals(wanted, Blocks.sample(block, 2 * i), 1e-6);
          assertEquals(wanted, Blocks.sample(block, 2 * i + 1), 1e-6);
        }
      }
    }
    layer.close();
  }

  @Test
  void theSumIsCutAtFullScale() {
    MixLayer layer = new MixLayer(new Listed(constant(0.8, 1), () -> {}), 0, this::thread);
    assertEquals(1, mixed(layer, 0.8));
    layer.close();
  }

  @Test
  void aLateSourceCostsNothingButItsSound() throws InterruptedException {
    CountDownLatch closing = new CountDownLatch(1);
    Listed late =
        new Listed(
            constant(0.5, 1),
            () -> {
              try {
                closing.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    MixLayer layer = new MixLayer(late, 0, this::thread);
    assertEquals(0.75, mixed(layer, 0.25), 1e-6);
    assertEquals(0.25, mixed(layer, 0.25), 1e-6);
    assertEquals(Blocks.SAMPLES, layer.missingSamples());
    closing.countDown();
    layer.close();
    late.closed.await();
  }

  @Test
  void aSourceThatFailsIsSaidAndLeftOut() {
    MediaException gone = new MediaException(MediaException.Code.SOURCE_FAILED, "gone");
    MixLayer layer =
        new MixLayer(
            new Listed(
                constant(0.5, 1),
                () -> {
                  throw gone;
                }),
            0,
            this::thread);
    assertEquals(0.5, mixed(layer, 0), 1e-6);
    assertEquals(0, mixed(layer, 0), 1e-6);
    assertSame(gone, layer.failure());
    layer.close();
  }

  @Test
  void aSourceThatRunsAheadIsHeldAndLetGo() {
    Listed fast = new Listed(constant(0.1, 200), () -> {});
    MixLayer layer = new MixLayer(fast, 0, this::thread);
    assertEquals(0.1, mixed(layer, 0), 1e-6);
    layer.close();
    assertTrue(fast.items.size() >= 140, "it was read ahead by " + (200 - fast.items.size()));
    fast.items.forEach(MediaItem::close);
  }

  @Test
  void aRegistrysSourceIsMixedByItsName() {
    Map<Class<?>, Object> parts = new HashMap<>();
    ComponentContext context =
        new ComponentContext() {
          @Override
          public <T> Optional<T> find(Class<T> type) {
            return Optional.ofNullable(parts.get(type)).map(type::cast);
          }
        };
    MixLayerProvider provider = new MixLayerProvider();
    MixOptions options =
        OptionBinder.bind(
            MixOptions.class,
            Map.of(
                "source", "test", "setup", "pace=fast, width=128, height=64, frames=25, rate=25"));
    assertThrows(MediaException.class, () -> provider.create(options, context));
    parts.put(FramePool.class, frames);
    parts.put(BufferPool.class, buffers);
    parts.put(MediaClock.class, MediaClock.system());
    parts.put(ThreadFactory.class, (ThreadFactory) this::thread);
    SourceOpener sources =
        new RegistrySources(ComponentRegistry.load(MixLayer.class.getClassLoader()), context);
    parts.put(SourceOpener.class, sources);
    double loudest = 0;
    try (AudioLayer layer = provider.create(options, context)) {
      for (int i = 0; i < 50; i++) {
        try (AudioFrame block = mine.next(seconds -> 0)) {
          layer.process(block);
          for (int sample = 0; sample < block.samples(); sample++) {
            loudest = Math.max(loudest, Blocks.sample(block, 2 * sample));
          }
        }
      }
    }
    assertEquals(0.15, loudest, 0.01, "the tone of the test source");
    assertThrows(MediaException.class, () -> sources.open("nothing", Map.of()));
    assertThrows(
        OptionException.class,
        () ->
            provider.create(OptionBinder.bind(MixOptions.class, Map.of("setup", "pace")), context));
  }
}
