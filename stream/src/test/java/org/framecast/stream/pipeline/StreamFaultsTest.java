package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.flow.AudioLayer;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.AudioInfo;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoInfo;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stream does when one of its parts fails, is interrupted, or was put together wrongly. */
@Timeout(180)
class StreamFaultsTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final PipelineFixture fixture =
      new PipelineFixture(new FakeCodecs(), MediaClock.system());
  private final List<Throwable> causes = Collections.synchronizedList(new ArrayList<>());
  private final List<DropKind> drops = Collections.synchronizedList(new ArrayList<>());
  private final StreamListener listener =
      new StreamListener() {
        @Override
        public void dropped(DropKind kind, @Nullable Throwable cause) {
          drops.add(kind);
        }

        @Override
        public void sinkFailed(String sink, Throwable cause) {
          causes.add(cause);
        }
      };

  @AfterEach
  void nothingIsLeft() {
    fixture.close();
  }

  /** One step of a source. */
  private interface Step {
    @Nullable MediaItem next() throws InterruptedException;
  }

  /** Does one step after the other, then ends. */
  private static final class Steps implements StreamSource {
    private final Deque<Step> steps;
    private final Runnable atClose;

    Steps(Runnable atClose, Step... steps) {
      this.atClose = atClose;
      this.steps = new ArrayDeque<>(List.of(steps));
    }

    @Override
    public MediaInfo info() {
      return new MediaInfo(
          Optional.of(new VideoInfo(64, 48, 25)),
          Optional.of(AudioInfo.WORKING),
          Optional.empty(),
          Map.of());
    }

    @Override
    public @Nullable MediaItem next() throws InterruptedException {
      Step step = steps.poll();
      return step == null ? null : step.next();
    }

    @Override
    public void close() {
      atClose.run();
    }
  }

  private StreamSource steps(Step... steps) {
    return new Steps(() -> {}, steps);
  }

  /** Counts, or does what it is told with the first item. */
  private static final class Sink implements StreamSink {
    private final Step first;
    private final Step atEnd;
    private volatile int items;

    Sink(Step first, Step atEnd) {
      this.first = first;
      this.atEnd = atEnd;
    }

    static Sink counting() {
      return new Sink(() -> null, () -> null);
    }

    @Override
    public DeliveryPolicy delivery() {
      return DeliveryPolicy.EVERY_FRAME;
    }

    @Override
    public void begin(MediaInfo info) {}

    @Override
    public void accept(MediaItem item) throws InterruptedException {
      if (items == 0) {
        assertEquals(null, first.next());
      }
      items = items + 1;
    }

    @Override
    public void finish() throws InterruptedException {
      assertEquals(null, atEnd.next());
    }

    @Override
    public void close() {}
  }

  private TimestampedFrame picture() {
    return fixture.frame(0);
  }

  @Test
  void aSourceWithoutRoomIsAskedAgainAndThatIsCounted() throws InterruptedException {
    Sink sink = Sink.counting();
    Step none =
        () -> {
          List<TimestampedFrame> all = new ArrayList<>();
          try {
            while (true) {
              all.add(picture());
            }
          } finally {
            all.forEach(TimestampedFrame::close);
          }
        };
    try (Stream stream =
        Stream.from(steps(none, this::picture))
            .listener(listener)
            .to(sink)
            .open(fixture.resources)) {
      assertTrue(stream.start().await(SOON));
      assertEquals(Optional.empty(), stream.failure());
      assertThrows(IllegalStateException.class, stream::start, "once only");
    }
    assertEquals(1, sink.items);
    assertEquals(List.of(DropKind.OVERFLOW), drops);
  }

  @Test
  void aLayerOfSoundThatThrowsCostsThatBlockAlone() throws InterruptedException {
    Sink sink = Sink.counting();
    AudioLayer broken =
        new AudioLayer() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public void process(AudioFrame block) {
            if (block.ptsNanos() == 0) {
              throw new IllegalArgumentException("broken");
            }
          }

          @Override
          public void close() {}
        };
    try (Stream stream =
        Stream.from(steps(() -> fixture.sound(0), () -> fixture.sound(1)))
            .audioLayer(broken)
            .listener(listener)
            .to(sink)
            .open(fixture.resources)) {
      assertTrue(stream.start().await(SOON));
    }
    assertEquals(1, sink.items);
    assertEquals(List.of(DropKind.ERROR), drops);
  }

  @Test
  void aSinkThatTakesNothingIsGivenUpAndTheOthersGoOn() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    Sink slow =
        new Sink(
            () -> {
              assertTrue(held.await(30, TimeUnit.SECONDS));
              return null;
            },
            () -> null);
    Sink other = Sink.counting();
    Step[] pictures = new Step[3 * SinkBank.DEFAULT_QUEUE];
    java.util.Arrays.fill(pictures, (Step) this::picture);
    try (Stream stream =
        Stream.from(steps(pictures))
            .patience(Duration.ofSeconds(1))
            .listener(
                new StreamListener() {
                  @Override
                  public void sinkFailed(String sink, Throwable cause) {
                    causes.add(cause);
                    held.countDown();
                  }
                })
            .to("slow", slow)
            .to("other", other)
            .open(fixture.resources)) {
      assertTrue(stream.start().await(SOON));
      assertEquals(Optional.empty(), stream.failure());
    }
    assertEquals(pictures.length, other.items);
    MediaException failed = assertInstanceOf(MediaException.class, causes.getFirst());
    assertEquals(MediaException.Code.SINK_FAILED, failed.code());
  }

  @Test
  void aSinkThatIsInterruptedIsCutOffAndHasNotFailed() throws InterruptedException {
    Step interrupted =
        () -> {
          throw new InterruptedException("told to stop");
        };
    Sink cut = new Sink(interrupted, () -> null);
    Sink cutAtItsEnd = new Sink(() -> null, interrupted);
    try (Stream stream =
        Stream.from(steps(this::picture))
            .listener(listener)
            .to(cut)
            .to(cutAtItsEnd)
            .open(fixture.resources)) {
      assertTrue(stream.start().await(SOON));
      stream
          .statistics()
          .sinks()
          .forEach(sink -> assertEquals(SinkStatistics.State.STOPPED, sink.state(), sink.name()));
    }
    assertEquals(List.of(), causes);
  }

  @Test
  void whatASinkThrowsAtItsEndIsItsFailure() throws InterruptedException {
    Sink broken =
        new Sink(
            () -> null,
            () -> {
              throw new MediaException(MediaException.Code.SINK_FAILED, "full");
            });
    try (Stream stream =
        Stream.from(steps(this::picture)).listener(listener).to(broken).open(fixture.resources)) {
      assertTrue(stream.start().await(SOON));
      assertEquals(causes, List.copyOf(stream.failure().stream().toList()));
    }
    assertEquals(1, causes.size());
  }

  @Test
  void aSourceThatDoesNotCloseFailsItsStream() throws InterruptedException {
    StreamSource source =
        new Steps(
            () -> {
              throw new IllegalStateException("stuck");
            },
            this::picture);
    try (Stream stream = Stream.from(source).to(Sink.counting()).open(fixture.resources)) {
      assertTrue(stream.start().await(SOON));
      assertEquals("stuck", stream.failure().orElseThrow().getMessage());
    }
  }

  @Test
  void whatIsPutTogetherWronglyIsRefusedAndClosed() {
    List<String> closed = new ArrayList<>();
    StreamSource source = new Steps(() -> closed.add("source"));
    try (StreamBuilder builder = Stream.from(source)) {
      builder.to("one", Sink.counting());
      assertThrows(IllegalArgumentException.class, () -> builder.to("one", Sink.counting()));
      assertThrows(IllegalArgumentException.class, () -> builder.workers(0, 4));
      assertThrows(IllegalArgumentException.class, () -> builder.workers(65, 65));
      assertThrows(IllegalArgumentException.class, () -> builder.workers(4, 3));
    }
    assertEquals(List.of("source"), closed);
    assertFalse(fixture.frames.live() > 0);
  }
}
