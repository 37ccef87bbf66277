package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.media.TimestampedFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Encodes follow the demand: one for each rendition that somebody watches, however many do. */
@Timeout(180)
class EncoderBankTest {
  private static final long MS = 1_000_000;
  private static final Rendition VP8 = Rendition.best(Codec.VP8);
  private static final Rendition H264 = Rendition.best(Codec.H264);
  private static final Rendition VP9 = Rendition.best(Codec.VP9);

  private final AtomicLong now = new AtomicLong(1_000_000_000L);
  private final FakeCodecs codecs = new FakeCodecs();
  private final PipelineFixture fixture = new PipelineFixture(codecs, now::get);
  private EncoderBank bank = bank(3, Duration.ofSeconds(2));

  private EncoderBank bank(int maxEncodes, Duration linger) {
    LivePipelineSettings live = LivePipelineSettings.live("s", 1, Codec.VP8);
    return new EncoderBank(
        new LivePipelineSettings(
            live.processor(),
            live.delivery(),
            live.queueCapacity(),
            live.video(),
            new DemandSettings(maxEncodes, linger),
            live.audioBitrateBps(),
            live.sinkPatience()),
        fixture.resources,
        fixture.outputs());
  }

  @AfterEach
  void eachEncoderWasFlushedAndClosedOnceAndNothingIsLeft() {
    assertTrue(bank.stop(StopMode.DRAIN, PipelineFixture.SOON));
    fixture.close();
    codecs.encoders.forEach(encoder -> assertEquals(1, encoder.closes.get()));
    codecs.encoders.forEach(encoder -> assertEquals(1, encoder.flushes.get()));
  }

  /** Gives a frame and waits until every encode that runs has taken it. */
  private void frame() {
    long before = fixture.units.get() + held();
    bank.accept(fixture.frame(now.addAndGet(33 * MS)));
    int running = bank.snapshots().size();
    PipelineFixture.await(() -> fixture.units.get() + held() >= before + running);
  }

  /** Each fake encoder keeps one picture back. */
  private long held() {
    return List.copyOf(codecs.encoders).stream()
        .filter(it -> it.closes.get() == 0 && !it.asked.isEmpty())
        .count();
  }

  @Test
  void nothingIsEncodedThatNobodyWatches() {
    for (int i = 0; i < 10; i++) {
      bank.accept(fixture.frame(now.addAndGet(33 * MS)));
    }
    assertEquals(List.of(), codecs.encoders);
    assertEquals(0, fixture.frames.live());
    assertEquals(List.of(), fixture.threads);
  }

  @Test
  void aHundredViewersOfACodecAreOneEncode() {
    bank.wanted(VP8);
    frame();
    for (int viewer = 1; viewer < 100; viewer++) {
      bank.wanted(VP8);
      bank.keyframeWanted(VP8);
    }
    frame();
    frame();
    assertEquals(1, codecs.encoders.size());
    assertEquals(1, bank.snapshots().size());
  }

  @Test
  void allEncodesAreGivenTheSamePicture() {
    bank.wanted(VP8);
    bank.wanted(H264);
    TimestampedFrame frame = fixture.frame(now.addAndGet(33 * MS));
    bank.accept(frame);
    PipelineFixture.await(() -> held() == 2);
    assertEquals(2, codecs.encoders.size());
    assertEquals(
        Set.of(Codec.VP8, Codec.H264),
        Set.copyOf(codecs.encoders.stream().map(it -> it.settings.codec()).toList()));
    // One block was lent for both, and it went back.
    PipelineFixture.await(() -> fixture.frames.live() == 0);
    assertEquals(1, fixture.frames.idle());
    bank.accept(fixture.frame(now.addAndGet(33 * MS)));
    PipelineFixture.await(() -> fixture.units.get() == 2);
    assertEquals(Set.of(VP8, H264), new HashSet<>(fixture.renditions));
  }

  @Test
  void anEncodeLingersForAReloadAndEndsAfterThat() {
    bank.wanted(VP8);
    frame();
    bank.unwanted(VP8);
    now.addAndGet(1_000 * MS);
    bank.wanted(VP8);
    now.addAndGet(5_000 * MS);
    frame();
    assertEquals(1, codecs.encoders.size(), "the reload found it open");
    bank.unwanted(VP8);
    now.addAndGet(2_001 * MS);
    // No frame has to come for that.
    PipelineFixture.await(() -> codecs.open.get() == 0);
    PipelineFixture.await(() -> bank.snapshots().isEmpty());
    bank.accept(fixture.frame(now.addAndGet(33 * MS)));
    assertEquals(1, codecs.encoders.size());
    bank.wanted(VP8);
    frame();
    assertEquals(2, codecs.encoders.size());
  }

  @Test
  void renditionsOverTheLimitWaitForAPlace() {
    bank = bank(2, Duration.ofSeconds(2));
    bank.wanted(VP8);
    bank.wanted(H264);
    bank.wanted(VP9);
    frame();
    assertEquals(2, codecs.encoders.size());
    bank.unwanted(H264);
    PipelineFixture.await(() -> bank.snapshots().size() == 1);
    frame();
    assertEquals(3, codecs.encoders.size());
    assertEquals(Codec.VP9, codecs.encoders.getLast().settings.codec());
  }

  @Test
  void aLowerRungIsScaledOnceForAllItsCodecs() {
    bank.wanted(VP8);
    bank.wanted(new Rendition(Codec.VP8, 1));
    bank.wanted(new Rendition(Codec.H264, 1));
    bank.accept(fixture.frame(now.addAndGet(33 * MS), 322, 182));
    PipelineFixture.await(() -> held() == 3);
    List<Integer> widths =
        codecs.encoders.stream().map(it -> it.settings.width()).sorted().toList();
    assertEquals(List.of(160, 160, 322), widths);
    PipelineFixture.await(() -> fixture.frames.live() == 0);
    assertEquals(2, fixture.frames.idle(), "the full picture and one small one");
    bank.unwanted(new Rendition(Codec.VP8, 1));
    bank.unwanted(new Rendition(Codec.H264, 1));
    now.addAndGet(2_001 * MS);
    PipelineFixture.await(() -> codecs.open.get() == 1);
    assertEquals(1, bank.snapshots().size());
  }

  @Test
  void sidesOfARungAreEven() {
    assertEquals(FrameShape.i420(640, 360), RungScaler.shape(FrameShape.i420(1280, 720), 1));
    assertEquals(FrameShape.i420(160, 90), RungScaler.shape(FrameShape.i420(321, 181), 1));
    assertEquals(FrameShape.i420(320, 180), RungScaler.shape(FrameShape.i420(1280, 720), 2));
    assertEquals(FrameShape.i420(16, 16), RungScaler.shape(FrameShape.i420(20, 18), 2));
    assertEquals(FrameShape.i420(9, 7), RungScaler.shape(FrameShape.i420(9, 7), 1));
  }

  @Test
  void aSlowEncoderDelaysNoOther() {
    CountDownLatch slow = new CountDownLatch(1);
    AtomicInteger fast = new AtomicInteger();
    bank.wanted(VP8);
    bank.wanted(H264);
    codecs.stalls = codec -> codec == Codec.H264 ? slow : null;
    for (int i = 0; i < 20; i++) {
      int before = fixture.units.get();
      bank.accept(fixture.frame(now.addAndGet(33 * MS)));
      if (i > 0) {
        PipelineFixture.await(() -> fixture.units.get() > before);
        fast.incrementAndGet();
      }
    }
    assertEquals(19, fast.get());
    EncodeSnapshot h264 =
        bank.snapshots().stream()
            .filter(it -> it.rendition().equals(H264))
            .findFirst()
            .orElseThrow();
    assertTrue(h264.dropped() >= 15, h264.dropped() + " dropped for the slow one");
    slow.countDown();
  }

  @Test
  void eachEncodeSaysWhatItMakes() {
    bank.wanted(VP8);
    frame();
    frame();
    // The sink hears of a unit before it is counted.
    PipelineFixture.await(() -> bank.snapshots().getFirst().units() == 1);
    EncodeSnapshot numbers = bank.snapshots().getFirst();
    assertEquals(VP8, numbers.rendition());
    assertEquals(64, numbers.width());
    assertEquals(48, numbers.height());
    assertEquals(Bitrates.MIN_BPS, numbers.targetBps());
    assertEquals(1, numbers.units());
  }

  @Test
  void keyframesAreAskedOfThatRenditionAlone() {
    bank.wanted(VP8);
    bank.wanted(H264);
    frame();
    now.addAndGet(1_000 * MS);
    bank.keyframeWanted(H264);
    frame();
    for (FakeCodecs.Encoder encoder : codecs.encoders) {
      boolean forced =
          encoder.asked.contains(org.framecast.stream.codec.VideoEncoder.Keyframe.FORCE);
      assertEquals(encoder.settings.codec() == Codec.H264, forced);
    }
  }
}
