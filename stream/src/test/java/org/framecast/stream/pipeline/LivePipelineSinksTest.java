package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoInfo;
import org.framecast.stream.time.MediaClock;
import org.junit.jupiter.api.Test;

/** Sinks beside the viewers of a live stream. */
class LivePipelineSinksTest {
  private static final Rendition VP8 = Rendition.best(Codec.VP8);
  private static final MediaInfo INFO = MediaInfo.ofVideo(new VideoInfo(64, 48, 30));

  /** Remembers what it got, when it is let. */
  private static final class Recorded implements StreamSink {
    final List<String> got = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch gate;
    private final DeliveryPolicy delivery;

    Recorded(int closedGates) {
      this(closedGates, DeliveryPolicy.LATEST);
    }

    Recorded(int closedGates, DeliveryPolicy delivery) {
      gate = new CountDownLatch(closedGates);
      this.delivery = delivery;
    }

    @Override
    public DeliveryPolicy delivery() {
      return delivery;
    }

    @Override
    public void begin(MediaInfo info) {
      got.add("begin");
    }

    @Override
    public void accept(MediaItem item) throws InterruptedException {
      gate.await();
      switch (item) {
        case TimestampedFrame frame -> got.add("picture " + frame.ptsNanos());
        case AudioFrame block -> got.add("sound " + block.ptsNanos());
      }
    }

    @Override
    public void finish() {
      got.add("finish");
    }

    @Override
    public void close() {
      got.add("close");
    }
  }

  private static LivePipeline started(PipelineFixture fixture) {
    return started(fixture, LivePipelineSettings.everyFrame("p", 1, Codec.VP8));
  }

  private static LivePipeline started(PipelineFixture fixture, LivePipelineSettings settings) {
    LivePipeline pipeline = new LivePipeline(settings, fixture.resources, fixture.outputs());
    pipeline.wanted(VP8);
    pipeline.start(LayerChain.empty());
    return pipeline;
  }

  private static void awaitOut(LivePipeline pipeline, int pictures) {
    PipelineFixture.await(
        () -> pipeline.statistics().framesOut() == pictures && pipeline.inFlight() == 0);
  }

  @Test
  void aSinkGetsWhatComesFromNowOnUntilItIsRemoved() {
    try (PipelineFixture fixture = new PipelineFixture(new FakeCodecs(), MediaClock.system())) {
      LivePipeline pipeline = started(fixture);
      assertTrue(pipeline.offerFrame(fixture.frame(1)));
      awaitOut(pipeline, 1);
      Recorded sink = new Recorded(0);
      pipeline.add("recording", sink, INFO);
      assertTrue(pipeline.offerFrame(fixture.frame(2)));
      PipelineFixture.await(() -> sink.got.contains("picture 2"));
      assertTrue(pipeline.offerAudio(fixture.sound(3)));
      assertTrue(pipeline.remove("recording", PipelineFixture.SOON));
      assertTrue(pipeline.offerFrame(fixture.frame(4)));
      awaitOut(pipeline, 3);
      assertEquals(List.of("begin", "picture 2", "sound 3", "finish", "close"), sink.got);
      assertFalse(pipeline.remove("recording", PipelineFixture.SOON));
      assertTrue(pipeline.stop(StopMode.DRAIN, PipelineFixture.SOON));
    }
  }

  /** However a live stream ends, what it recorded is complete. */
  @Test
  void anAbandonedStreamCompletesItsSinks() {
    try (PipelineFixture fixture = new PipelineFixture(new FakeCodecs(), MediaClock.system())) {
      LivePipeline pipeline = started(fixture);
      Recorded sink = new Recorded(0);
      pipeline.add("recording", sink, INFO);
      assertTrue(pipeline.offerFrame(fixture.frame(1)));
      PipelineFixture.await(() -> sink.got.contains("picture 1"));
      assertTrue(pipeline.stop(StopMode.ABANDON, PipelineFixture.SOON));
      assertEquals(List.of("begin", "picture 1", "finish", "close"), sink.got);
      assertEquals(SinkStatistics.State.FINISHED, pipeline.sinks().getFirst().state());
    }
  }

  @Test
  void aSlowSinkDoesNotHoldUpTheViewers() {
    try (PipelineFixture fixture = new PipelineFixture(new FakeCodecs(), MediaClock.system())) {
      LivePipeline pipeline = started(fixture);
      Recorded sink = new Recorded(1);
      pipeline.add("recording", sink, INFO);
      int pictures = 2 * SinkBank.DEFAULT_QUEUE;
      for (int i = 0; i < pictures; i++) {
        assertTrue(pipeline.offerFrame(fixture.frame(i)));
        awaitOut(pipeline, i + 1);
      }
      assertTrue(pipeline.sinks().getFirst().dropped() > 0);
      assertEquals(SinkStatistics.State.RUNNING, pipeline.sinks().getFirst().state());
      sink.gate.countDown();
      assertTrue(pipeline.stop(StopMode.DRAIN, PipelineFixture.SOON));
    }
  }

  @Test
  void aSinkThatMustLoseNothingAndTakesNothingFailsAndTheViewersGoOn() {
    try (PipelineFixture fixture = new PipelineFixture(new FakeCodecs(), MediaClock.system())) {
      LivePipelineSettings plain = LivePipelineSettings.everyFrame("p", 1, Codec.VP8);
      LivePipeline pipeline =
          started(
              fixture,
              new LivePipelineSettings(
                  plain.processor(),
                  plain.delivery(),
                  plain.queueCapacity(),
                  plain.video(),
                  plain.demand(),
                  plain.audioBitrateBps(),
                  Duration.ofMillis(137)));
      Recorded sink = new Recorded(1, DeliveryPolicy.EVERY_FRAME);
      pipeline.add("recording", sink, INFO);
      int pictures = 2 * SinkBank.DEFAULT_QUEUE;
      for (int i = 0; i < pictures; i++) {
        assertTrue(pipeline.offerFrame(fixture.frame(i)));
        awaitOut(pipeline, i + 1);
      }
      assertEquals(SinkStatistics.State.TOO_SLOW, pipeline.sinks().getFirst().state());
      assertEquals(List.of("p-recording: it took nothing for 137 ms"), fixture.sinkFaults);
      int seen = fixture.videoPts.size();
      assertTrue(pipeline.offerFrame(fixture.frame(pictures)));
      PipelineFixture.await(() -> fixture.videoPts.size() > seen);
      sink.gate.countDown();
      assertTrue(pipeline.stop(StopMode.DRAIN, PipelineFixture.SOON));
      assertEquals(SinkStatistics.State.TOO_SLOW, pipeline.sinks().getFirst().state());
      int taken = SinkBank.DEFAULT_QUEUE + 1;
      assertEquals(taken + 3, sink.got.size(), "what it had in hand and in its queue");
      assertEquals(List.of("finish", "close"), sink.got.subList(taken + 1, taken + 3));
    }
  }

  /** Pictures go on to come while a sink writes the rest of what it has. */
  @Test
  void aPictureThatComesWhileASinkIsCompletedIsNotItsFailure() throws InterruptedException {
    try (PipelineFixture fixture = new PipelineFixture(new FakeCodecs(), MediaClock.system())) {
      LivePipeline pipeline = started(fixture);
      Recorded sink = new Recorded(1);
      pipeline.add("file", sink, INFO);
      assertTrue(pipeline.offerFrame(fixture.frame(1)));
      PipelineFixture.await(() -> sink.got.contains("begin"));
      AtomicBoolean complete = new AtomicBoolean();
      Thread completing =
          Thread.ofPlatform()
              .start(() -> complete.set(pipeline.complete("file", PipelineFixture.SOON)));
      PipelineFixture.await(() -> completing.getState() == Thread.State.TIMED_WAITING);
      assertTrue(pipeline.offerFrame(fixture.frame(2)));
      awaitOut(pipeline, 2);
      sink.gate.countDown();
      completing.join(PipelineFixture.SOON);
      assertTrue(complete.get());
      assertEquals(List.of("begin", "picture 1", "finish", "close"), sink.got);
      SinkStatistics kept = pipeline.sinks().getFirst();
      assertEquals(SinkStatistics.State.FINISHED, kept.state());
      assertEquals(1, kept.items());
      assertTrue(pipeline.stop(StopMode.DRAIN, PipelineFixture.SOON));
    }
  }

  @Test
  void soundThatReachesTheViewersAnotherWayIsNotEncodedAgain() {
    try (PipelineFixture fixture = new PipelineFixture(new FakeCodecs(), MediaClock.system())) {
      LivePipeline pipeline = started(fixture);
      Recorded sink = new Recorded(0);
      pipeline.add("recording", sink, INFO);
      try (AudioFrame block = fixture.sound(7)) {
        pipeline.soundToSinks(block);
      }
      assertTrue(pipeline.stop(StopMode.DRAIN, PipelineFixture.SOON));
      assertTrue(sink.got.contains("sound 7"), sink.got.toString());
      assertEquals(List.of(), fixture.audioPts);
    }
  }
}
