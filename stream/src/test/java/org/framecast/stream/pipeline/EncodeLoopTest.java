package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.framecast.stream.codec.VideoEncoder.Keyframe;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.flow.Stage;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.media.TimestampedFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class EncodeLoopTest {
  private static final long MS = 1_000_000;

  private final AtomicLong now = new AtomicLong(1_000_000_000L);
  private final FakeCodecs codecs = new FakeCodecs();
  private final PipelineFixture fixture = new PipelineFixture(codecs, now::get);
  private final FrameQueue<TimestampedFrame> queue = FrameQueue.everyFrame("q", 24);

  @AfterEach
  void nothingIsLeftAndEachEncoderWasClosedOnce() {
    fixture.close();
    codecs.encoders.forEach(encoder -> assertEquals(1, encoder.closes.get()));
  }

  private EncodeLoop loop(OptionalDouble rate) {
    return new EncodeLoop(
        new EncodePlan(
            "loop",
            Rendition.best(Codec.VP8),
            new EncodeSettings(Codec.VP8, 0, rate, 300, Duration.ofMillis(500), 12)),
        fixture.resources,
        queue,
        fixture.outputs(),
        EncodeLife.untilStopped());
  }

  private EncodeLoop started() {
    EncodeLoop loop = loop(OptionalDouble.of(30));
    loop.start();
    return loop;
  }

  private void offer(long captureNanos) {
    assertTrue(queue.offer(fixture.frame(captureNanos)));
  }

  @Test
  void drainsWhatItAcceptedThenFlushesAndCloses() {
    EncodeLoop loop = loop(OptionalDouble.of(30));
    for (int i = 0; i < 10; i++) {
      offer(i * 33 * MS);
    }
    loop.start();
    assertTrue(loop.stop(StopMode.DRAIN, PipelineFixture.SOON));
    assertEquals(10, fixture.videoPts.size());
    assertEquals(9 * 33 * MS, fixture.videoPts.getLast());
    assertEquals(1, codecs.encoders.size());
    assertEquals(1, codecs.encoders.getFirst().flushes.get());
    assertTrue(loop.stop(StopMode.ABANDON, PipelineFixture.SOON));
    assertEquals(10, fixture.statistics.snapshot().latency(Stage.SEND).count());
  }

  @Test
  void abandonsWhatWaitsButFlushesAndCloses() {
    EncodeLoop loop = started();
    offer(0);
    PipelineFixture.await(() -> !codecs.encoders.isEmpty());
    assertTrue(loop.stop(StopMode.ABANDON, PipelineFixture.SOON));
    assertEquals(1, codecs.encoders.getFirst().flushes.get());
  }

  @Test
  void aFrameThatFailsCostsItselfAndItsEncoder() {
    codecs.failsAt = pts -> pts == 2 * MS;
    EncodeLoop loop = started();
    for (int i = 0; i < 5; i++) {
      offer(i * MS);
    }
    assertTrue(loop.stop(StopMode.DRAIN, PipelineFixture.SOON));
    assertEquals(2, codecs.encoders.size());
    assertEquals(0, codecs.encoders.getFirst().flushes.get());
    assertEquals(1, codecs.encoders.getLast().flushes.get());
    // The picture that the broken encoder held back is gone with it.
    assertEquals(List.of(0L, 3 * MS, 4 * MS), fixture.videoPts);
    assertEquals(AccessUnit.Kind.KEYFRAME, fixture.kinds.get(1));
    assertEquals(1, fixture.statistics.drops(DropKind.ERROR));
    assertEquals(
        MediaException.Code.CODEC_FAILED, ((MediaException) fixture.causes.getFirst()).code());
  }

  @Test
  void aFlushThatFailsStillCloses() {
    codecs.flushFails = true;
    EncodeLoop loop = started();
    offer(0);
    assertTrue(loop.stop(StopMode.DRAIN, PipelineFixture.SOON));
    assertEquals(1, codecs.encoders.getFirst().flushes.get());
    assertEquals(1, fixture.causes.size());
  }

  @Test
  void aSinkThatFailsCostsAUnitButNoEncoder() {
    fixture.videoSink =
        unit -> {
          throw new IllegalStateException("sink");
        };
    EncodeLoop loop = started();
    offer(0);
    offer(MS);
    assertTrue(loop.stop(StopMode.DRAIN, PipelineFixture.SOON));
    assertEquals(1, codecs.encoders.size());
    assertEquals(2, fixture.causes.size());
  }

  @Test
  void anotherSizeOpensAnotherEncoder() {
    EncodeLoop loop = started();
    offer(0);
    queue.offer(fixture.frame(MS, 128, 96));
    assertTrue(loop.stop(StopMode.DRAIN, PipelineFixture.SOON));
    assertEquals(2, codecs.encoders.size());
    assertEquals(128, codecs.encoders.getLast().settings.width());
    assertEquals(2, fixture.videoPts.size());
  }

  @Test
  void anotherBitrateOpensAnotherEncoder() {
    EncodeLoop loop = started();
    queue.offer(fixture.frame(0, 640, 360));
    PipelineFixture.await(() -> codecs.encoders.size() == 1 && queue.size() == 0);
    assertEquals(500_000, codecs.encoders.getFirst().settings.bitrateBps());
    loop.bitrateBps(330_000);
    queue.offer(fixture.frame(MS, 640, 360));
    assertTrue(loop.stop(StopMode.DRAIN, PipelineFixture.SOON));
    assertEquals(2, codecs.encoders.size());
    assertEquals(320_000, codecs.encoders.getLast().settings.bitrateBps());
  }

  @Test
  void equalCaptureTimesAreSetApart() {
    EncodeLoop loop = started();
    offer(5 * MS);
    offer(5 * MS);
    offer(4 * MS);
    offer(9 * MS);
    assertTrue(loop.stop(StopMode.DRAIN, PipelineFixture.SOON));
    List<Long> expected = List.of(5 * MS, 5 * MS + 100_000, 5 * MS + 200_000, 9 * MS);
    assertEquals(expected, fixture.videoPts);
  }

  @Test
  void keyframeRequestsBecomeOneAndKeepTheirDistance() {
    EncodeLoop loop = started();
    for (int i = 0; i < 20; i++) {
      // A request with every frame, 100 ms apart: the first is a keyframe by itself.
      loop.requestKeyframe();
      offer(i * 100 * MS);
      int encoded = i + 1;
      PipelineFixture.await(
          () -> !codecs.encoders.isEmpty() && codecs.encoders.getFirst().asked.size() == encoded);
      now.addAndGet(100 * MS);
    }
    assertTrue(loop.stop(StopMode.DRAIN, PipelineFixture.SOON));
    long forced =
        codecs.encoders.getFirst().asked.stream().filter(k -> k == Keyframe.FORCE).count();
    assertTrue(forced >= 3 && forced <= 5, forced + " keyframes in two seconds");
  }

  @Test
  void theMeasuredRateReplacesTheAssumedOne() {
    EncodeLoop loop = loop(OptionalDouble.empty());
    loop.start();
    for (int i = 0; i < 40; i++) {
      offer(i * 100 * MS);
      PipelineFixture.await(() -> queue.size() == 0);
    }
    assertTrue(loop.stop(StopMode.DRAIN, PipelineFixture.SOON));
    assertEquals(2, codecs.encoders.size());
    assertEquals(30, codecs.encoders.getFirst().settings.frameRate());
    assertEquals(10, codecs.encoders.getLast().settings.frameRate(), 0.5);
  }

  @Test
  void aRateThatDoesNotLastChangesNothing() {
    EncodeLoop loop = loop(OptionalDouble.empty());
    loop.start();
    long capture = 0;
    // Three seconds at 25, then every other frame is lost for two, as under load; and a pause.
    for (int i = 0; i < 25 * 8; i++) {
      capture += i == 150 ? 4_000 * MS : 0;
      if (i < 75 || i > 125 || i % 2 == 0) {
        offer(capture);
        PipelineFixture.await(() -> queue.size() == 0);
      }
      capture += 40 * MS;
    }
    assertTrue(loop.stop(StopMode.DRAIN, PipelineFixture.SOON));
    assertEquals(1, codecs.encoders.size(), "25 is near enough to the assumed rate");
  }

  @Test
  void aRateThatLastsOpensAnotherEncoder() {
    EncodeLoop loop = loop(OptionalDouble.empty());
    loop.start();
    long capture = 0;
    for (int i = 0; i < 175; i++) {
      offer(capture);
      PipelineFixture.await(() -> queue.size() == 0);
      capture += i < 75 ? 40 * MS : 80 * MS;
    }
    assertTrue(loop.stop(StopMode.DRAIN, PipelineFixture.SOON));
    assertEquals(2, codecs.encoders.size());
    assertEquals(12.5, codecs.encoders.getLast().settings.frameRate(), 0.5);
  }

  @Test
  void soundIsEncodedFlushedAndClosedOnceAlsoWhenItFails() {
    FrameQueue<AudioFrame> sound = FrameQueue.everyFrame("sound", 10);
    AudioLoop loop = new AudioLoop("audio", 96_000, fixture.resources, sound, fixture.outputs());
    loop.start();
    sound.offer(fixture.sound(0));
    PipelineFixture.await(() -> fixture.audioPts.size() == 1);
    codecs.audioFails = true;
    sound.offer(fixture.sound(20 * MS));
    PipelineFixture.await(() -> codecs.calls.contains("close audio"));
    codecs.audioFails = false;
    sound.offer(fixture.sound(40 * MS));
    assertTrue(loop.stop(StopMode.DRAIN, PipelineFixture.SOON));
    assertEquals(List.of(0L, 40 * MS), fixture.audioPts);
    assertEquals(
        List.of("open audio", "close audio", "open audio", "flush audio", "close audio"),
        codecs.calls);
    queue.close();
  }
}
