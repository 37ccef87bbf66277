package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.AudioInfo;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoInfo;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A whole line from a source to its sinks, with a source and sinks that count. */
class StreamTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final long FRAME_NANOS = 40_000_000;

  private final PipelineFixture fixture =
      new PipelineFixture(new FakeCodecs(), MediaClock.system());
  private final FramePool frames = fixture.frames;
  private final BufferPool buffers = fixture.buffers;
  private final List<String> failed = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch over = new CountDownLatch(1);

  /** Gives so many pictures, each with a block of sound; then ends, or throws. */
  private final class CountingSource implements StreamSource {
    private final long pictures;
    private final boolean breaks;
    private long next;
    private volatile boolean closed;

    CountingSource(long pictures, boolean breaks) {
      this.pictures = pictures;
      this.breaks = breaks;
    }

    @Override
    public MediaInfo info() {
      return new MediaInfo(
          java.util.Optional.of(new VideoInfo(64, 36, 25)),
          java.util.Optional.of(AudioInfo.WORKING),
          java.util.Optional.empty(),
          Map.of());
    }

    @Override
    public @Nullable MediaItem next() {
      long item = next++;
      if (closed || item >= 2 * pictures) {
        if (breaks && !closed) {
          throw new MediaException(MediaException.Code.SOURCE_FAILED, "gone");
        }
        return null;
      }
      long pts = item / 2 * FRAME_NANOS;
      if (item % 2 == 1) {
        MediaBuffer pcm = buffers.acquire(480 * AudioFrame.BYTES_PER_SAMPLE_PAIR);
        pcm.sizeBytes(480 * AudioFrame.BYTES_PER_SAMPLE_PAIR);
        return new AudioFrame(pcm, pts);
      }
      return new TimestampedFrame(frames.acquire(FrameShape.i420(64, 36)), "count", item / 2, pts);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** Remembers what it got. */
  private static class CountingSink implements StreamSink {
    final List<Long> pictures = Collections.synchronizedList(new ArrayList<>());
    final List<Long> sounds = Collections.synchronizedList(new ArrayList<>());
    final List<Long> addresses = Collections.synchronizedList(new ArrayList<>());
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    @Override
    public DeliveryPolicy delivery() {
      return DeliveryPolicy.EVERY_FRAME;
    }

    @Override
    public void begin(MediaInfo info) {
      calls.add("begin");
    }

    @Override
    public void accept(MediaItem item) throws InterruptedException {
      switch (item) {
        case TimestampedFrame frame -> {
          pictures.add(frame.frameNumber());
          addresses.add(frame.pixels().plane(0).address());
        }
        case AudioFrame block -> sounds.add(block.ptsNanos());
      }
    }

    @Override
    public void finish() {
      calls.add("finish");
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  private StreamBuilder from(StreamSource source) {
    return Stream.from(source)
        .patience(SOON)
        .named("s")
        .workers(2, 4)
        .listener(
            new StreamListener() {
              @Override
              public void sinkFailed(String sink, Throwable cause) {
                failed.add(sink);
              }

              @Override
              public void ended(@Nullable Throwable failure) {
                over.countDown();
              }
            });
  }

  private static List<Long> upTo(long count) {
    return LongStream.range(0, count).boxed().toList();
  }

  @AfterEach
  void nothingIsLeft() {
    fixture.close();
    assertEquals(0, frames.live());
    assertEquals(0, buffers.live());
  }

  @Test
  void everythingArrivesInOrderAndSinksAreCompleted() throws InterruptedException {
    CountingSink first = new CountingSink();
    CountingSink second = new CountingSink();
    List<Long> seen = Collections.synchronizedList(new ArrayList<>());
    Layer layer = layer(frame -> seen.add(frame.pixels().plane(0).address()));
    Stream stream =
        from(new CountingSource(300, false))
            .layer(layer)
            .to(first)
            .to(second)
            .open(fixture.resources)
            .start();
    assertTrue(stream.await(SOON));
    assertEquals(upTo(300), first.pictures);
    assertEquals(upTo(300), second.pictures);
    assertEquals(300, first.sounds.size());
    assertEquals(first.sounds.stream().sorted().toList(), first.sounds);
    assertEquals(List.of("begin", "finish", "close"), first.calls);
    assertEquals(first.addresses, second.addresses, "both have the same pixels");
    assertEquals(
        first.addresses.stream().sorted().toList(), seen.stream().sorted().toList(), "not copied");
    assertTrue(stream.failure().isEmpty());
    StreamStatistics numbers = stream.statistics();
    assertEquals(300, numbers.pictures().framesIn());
    assertEquals(300, numbers.pictures().framesOut());
    assertEquals(300, numbers.soundBlocks());
    assertEquals(
        List.of(
            new SinkStatistics("sink-0", SinkStatistics.State.FINISHED, 600, 0, 0),
            new SinkStatistics("sink-1", SinkStatistics.State.FINISHED, 600, 0, 0)),
        numbers.sinks());
    stream.close();
    stream.close();
  }

  @Test
  void whatASinkLosesByFaultsIsAmongItsNumbers() throws InterruptedException {
    StreamSink faulty =
        new CountingSink() {
          @Override
          public long faults() {
            return pictures.size();
          }
        };
    Stream stream = from(new CountingSource(10, false)).to(faulty).open(fixture.resources).start();
    assertTrue(stream.await(SOON));
    assertEquals(10, stream.statistics().sinks().getFirst().faults());
    stream.close();
  }

  private static Layer layer(java.util.function.Consumer<TimestampedFrame> work) {
    return new Layer() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public void process(TimestampedFrame frame) {
        work.accept(frame);
      }
    };
  }

  @Test
  void aSourceIsIterableByItsPictures() {
    List<Long> numbers = new ArrayList<>();
    try (StreamSource source = new CountingSource(5, false)) {
      for (TimestampedFrame frame : source.frames()) {
        try (frame) {
          numbers.add(frame.frameNumber());
        }
      }
      assertFalse(source.frames().iterator().hasNext(), "it has ended");
      assertThrows(NoSuchElementException.class, () -> source.frames().iterator().next());
    }
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L), numbers);
  }

  @Test
  void anIterationEndsWithAnInterruptionAndTheThreadStaysInterrupted() {
    try (StreamSource source =
        new StreamSource() {
          @Override
          public MediaInfo info() {
            throw new UnsupportedOperationException();
          }

          @Override
          public @Nullable MediaItem next() throws InterruptedException {
            Thread.sleep(SOON);
            return null;
          }

          @Override
          public void close() {}
        }) {
      Thread.currentThread().interrupt();
      assertFalse(source.frames().iterator().hasNext());
    }
    assertTrue(Thread.interrupted());
  }

  @Test
  void aSinkThatFailsLeavesTheOthersAlone() throws InterruptedException {
    CountingSink good = new CountingSink();
    CountingSink bad =
        new CountingSink() {
          @Override
          public void accept(MediaItem item) throws InterruptedException {
            super.accept(item);
            if (pictures.size() == 10) {
              throw new MediaException(MediaException.Code.SINK_FAILED, "disk full");
            }
          }
        };
    Stream stream =
        from(new CountingSource(100, false))
            .to("bad", bad)
            .to("good", good)
            .open(fixture.resources)
            .start();
    assertTrue(stream.await(SOON));
    assertEquals(upTo(100), good.pictures);
    assertEquals(List.of("begin", "close"), bad.calls);
    assertEquals(List.of("s-bad"), failed);
    assertTrue(stream.failure().isEmpty());
    assertEquals(SinkStatistics.State.FAILED, stream.statistics().sinks().getFirst().state());
  }

  @Test
  void whenTheLastSinkFailsTheStreamFails() throws InterruptedException {
    MediaException full = new MediaException(MediaException.Code.SINK_FAILED, "disk full");
    CountingSink bad =
        new CountingSink() {
          @Override
          public void begin(MediaInfo info) {
            throw full;
          }
        };
    Stream stream =
        from(new CountingSource(Long.MAX_VALUE / 4, false)).to(bad).open(fixture.resources).start();
    assertTrue(stream.await(SOON));
    assertSame(full, stream.failure().orElseThrow());
    assertTrue(over.await(SOON.toSeconds(), TimeUnit.SECONDS));
  }

  @Test
  void aSinkThatTakesNothingIsGivenUp() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    CountingSink stuck =
        new CountingSink() {
          @Override
          public void accept(MediaItem item) throws InterruptedException {
            held.await();
          }
        };
    CountingSink good = new CountingSink();
    Stream stream =
        from(new CountingSource(100, false))
            .patience(Duration.ofSeconds(2))
            .to("stuck", stuck)
            .to("good", good)
            .open(fixture.resources)
            .start();
    PipelineFixture.await(() -> good.calls.contains("close"));
    assertEquals(upTo(100), good.pictures);
    assertEquals(List.of("s-stuck"), failed);
    assertEquals(
        List.of(SinkStatistics.State.TOO_SLOW, SinkStatistics.State.FINISHED),
        stream.statistics().sinks().stream().map(SinkStatistics::state).toList());
    held.countDown();
    assertTrue(stream.await(SOON));
    stream.close();
  }

  /** Nothing takes what comes any more; what was taken is completed all the same. */
  @Test
  void theLastSinkThatIsTooSlowIsCompletedAndIsTheStreamsFailure() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    CountingSink slow =
        new CountingSink() {
          @Override
          public void accept(MediaItem item) throws InterruptedException {
            held.await();
            super.accept(item);
          }
        };
    CountingSource source = new CountingSource(Long.MAX_VALUE / 4, false);
    Stream stream =
        from(source)
            .patience(Duration.ofSeconds(2))
            .to("slow", slow)
            .open(fixture.resources)
            .start();
    PipelineFixture.await(() -> failed.contains("s-slow") && source.closed);
    held.countDown();
    assertTrue(stream.await(SOON));
    assertEquals(List.of("begin", "finish", "close"), slow.calls);
    assertEquals(upTo(slow.pictures.size()), slow.pictures);
    assertEquals(SinkBank.DEFAULT_QUEUE + 1, slow.pictures.size() + slow.sounds.size());
    assertEquals(SinkStatistics.State.TOO_SLOW, stream.statistics().sinks().getFirst().state());
    MediaException failure = assertInstanceOf(MediaException.class, stream.failure().orElseThrow());
    assertEquals(MediaException.Code.SINK_FAILED, failure.code());
    assertEquals(List.of("s-slow"), failed);
  }

  @Test
  void aSourceThatFailsCompletesTheSinksAndIsTheStreamsFailure() throws InterruptedException {
    CountingSink sink = new CountingSink();
    Stream stream = from(new CountingSource(20, true)).to(sink).open(fixture.resources).start();
    assertTrue(stream.await(SOON));
    assertEquals(upTo(20), sink.pictures);
    assertEquals(List.of("begin", "finish", "close"), sink.calls);
    MediaException failure =
        assertThrows(
            MediaException.class,
            () -> {
              throw stream.failure().orElseThrow();
            });
    assertEquals(MediaException.Code.SOURCE_FAILED, failure.code());
  }

  @Test
  void aStopDrainsOrDrops() {
    for (StopMode mode : StopMode.values()) {
      CountingSink sink = new CountingSink();
      Stream stream =
          from(new CountingSource(Long.MAX_VALUE / 4, false))
              .to(sink)
              .open(fixture.resources)
              .start();
      PipelineFixture.await(() -> sink.pictures.size() > 20);
      assertFalse(stream.hasEnded());
      assertTrue(stream.stop(mode, SOON));
      assertTrue(stream.hasEnded());
      assertTrue(stream.failure().isEmpty());
      assertEquals(upTo(sink.pictures.size()), sink.pictures);
      assertEquals(
          mode == StopMode.DRAIN ? List.of("begin", "finish", "close") : List.of("begin", "close"),
          sink.calls);
    }
  }

  @Test
  void aStreamThatNeverStartedClosesItsParts() {
    CountingSource source = new CountingSource(1, false);
    CountingSink sink = new CountingSink();
    from(source).to(sink).open(fixture.resources).close();
    assertTrue(source.closed);
    assertEquals(List.of("close"), sink.calls);
    CountingSink other = new CountingSink();
    from(source).to(other).close();
    assertEquals(List.of("close"), other.calls);
  }

  @Test
  void sinksComeAndGoWhileItRuns() throws InterruptedException {
    CountingSink first = new CountingSink();
    CountingSink late = new CountingSink();
    Stream stream =
        from(new CountingSource(Long.MAX_VALUE / 4, false))
            .to("first", first)
            .open(fixture.resources)
            .start();
    PipelineFixture.await(() -> first.pictures.size() > 20);
    stream.add("late", late);
    PipelineFixture.await(() -> late.pictures.size() > 20);
    assertTrue(stream.remove("late", SOON));
    assertFalse(stream.remove("late", SOON));
    assertEquals(List.of("begin", "finish", "close"), late.calls);
    long begin = late.pictures.getFirst();
    assertTrue(begin > 0);
    assertEquals(
        LongStream.range(begin, begin + late.pictures.size()).boxed().toList(), late.pictures);
    assertThrows(IllegalArgumentException.class, () -> stream.add("first", new CountingSink()));
    assertTrue(stream.stop(StopMode.DRAIN, SOON));
    assertThrows(IllegalStateException.class, () -> stream.add("x", new CountingSink()));
  }

  @Test
  void aLayerThatThrowsCostsItsFrame() throws InterruptedException {
    CountingSink sink = new CountingSink();
    Stream stream =
        from(new CountingSource(10, false))
            .layer(
                layer(
                    frame -> {
                      if (frame.frameNumber() == 3) {
                        throw new IllegalStateException("on purpose");
                      }
                    }))
            .to(sink)
            .open(fixture.resources)
            .start();
    assertTrue(stream.await(SOON));
    assertEquals(List.of(0L, 1L, 2L, 4L, 5L, 6L, 7L, 8L, 9L), sink.pictures);
    assertEquals(1, stream.statistics().pictures().dropped(DropKind.ERROR));
  }
}
