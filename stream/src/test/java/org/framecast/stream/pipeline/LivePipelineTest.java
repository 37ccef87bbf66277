package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.framecast.stream.codec.ImageFormat;
import org.framecast.stream.codec.ImageHeaders;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.codec.ffmpeg.FfmpegCodecs;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.Stage;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.source.SceneSettings;
import org.framecast.stream.source.SceneSource;
import org.framecast.stream.source.ToneSource;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class LivePipelineTest {
  private static final Rendition VP8 = Rendition.best(Codec.VP8);
  private static final ImageInfo INFO = new ImageInfo(ImageFormat.JPEG, 64, 48);

  private static Layer layer(String name, java.util.function.Consumer<TimestampedFrame> work) {
    return new Layer() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void process(TimestampedFrame frame) {
        work.accept(frame);
      }
    };
  }

  private static MediaBuffer file(PipelineFixture fixture, int bytes) {
    MediaBuffer buffer = fixture.buffers.acquire(Math.max(1, bytes));
    buffer.sizeBytes(bytes);
    return buffer;
  }

  @Test
  void imagesFramesAndSoundComeOutCoded() {
    try (PipelineFixture fixture = new PipelineFixture(new FakeCodecs(), MediaClock.system())) {
      LivePipeline pipeline =
          new LivePipeline(
              LivePipelineSettings.everyFrame("p", 2, Codec.VP8),
              fixture.resources,
              fixture.outputs());
      pipeline.wanted(VP8);
      pipeline.start(LayerChain.empty());
      assertTrue(pipeline.offerImage(file(fixture, 10), INFO, 1_000_000));
      assertTrue(pipeline.offerFrame(fixture.frame(2_000_000)));
      assertTrue(pipeline.offerAudio(fixture.sound(5)));
      assertTrue(pipeline.stop(StopMode.DRAIN, PipelineFixture.SOON));
      assertEquals(List.of(1_000_000L, 2_000_000L), fixture.videoPts);
      assertEquals(List.of(5L), fixture.audioPts);
      assertTrue(fixture.drops.isEmpty(), fixture.drops.toString());
      StatisticsSnapshot numbers = pipeline.statistics();
      assertEquals(2, numbers.framesIn());
      assertEquals(2, numbers.framesOut());
      assertEquals(1, numbers.audioUnits());
      assertEquals(1, numbers.latency(Stage.DECODE).count());
      assertEquals(2, numbers.latency(Stage.PROCESS).count());
      MediaBuffer late = file(fixture, 10);
      assertFalse(pipeline.offerImage(late, INFO, 3));
      late.close();
    }
  }

  @Test
  void whatFailsIsNamedAndCostsItsFrameOnly() {
    try (PipelineFixture fixture = new PipelineFixture(new FakeCodecs(), MediaClock.system())) {
      LivePipeline pipeline =
          new LivePipeline(
              LivePipelineSettings.everyFrame("p", 1, Codec.VP8),
              fixture.resources,
              fixture.outputs());
      Layer failing =
          layer(
              "odd",
              frame -> {
                if (frame.captureNanos() == 2_000_000) {
                  throw new IllegalStateException("odd");
                }
              });
      pipeline.wanted(VP8);
      pipeline.start(LayerChain.of(List.of(failing)));
      assertTrue(pipeline.offerImage(file(fixture, 0), INFO, 1_000_000));
      assertTrue(pipeline.offerImage(file(fixture, 10), INFO, 2_000_000));
      assertTrue(pipeline.offerImage(file(fixture, 10), INFO, 3_000_000));
      assertTrue(pipeline.stop(StopMode.DRAIN, PipelineFixture.SOON));
      assertEquals(List.of(3_000_000L), fixture.videoPts);
      assertEquals(
          List.of(MediaException.Code.MALFORMED, MediaException.Code.LAYER_FAILED),
          fixture.causes.stream().map(cause -> ((MediaException) cause).code()).toList());
      assertEquals(2, pipeline.statistics().dropped(DropKind.ERROR));
    }
  }

  @Test
  void layersMayDrawOnWhatOthersHoldBecauseTheyGetACopy() {
    try (PipelineFixture fixture = new PipelineFixture(new FakeCodecs(), MediaClock.system())) {
      LivePipeline pipeline =
          new LivePipeline(
              LivePipelineSettings.everyFrame("p", 1, Codec.VP8),
              fixture.resources,
              fixture.outputs());
      List<VideoFrame> seen = Collections.synchronizedList(new ArrayList<>());
      pipeline.start(LayerChain.of(List.of(layer("see", frame -> seen.add(frame.pixels())))));
      VideoFrame shared = fixture.frames.acquire(FrameShape.i420(32, 32));
      assertTrue(pipeline.offerFrame(new TimestampedFrame(shared.hold(), "s", 0, 1)));
      VideoFrame bgr = fixture.frames.acquire(new FrameShape(PixelFormat.BGR24, 32, 32));
      assertTrue(pipeline.offerFrame(new TimestampedFrame(bgr, "s", 1, 1_000_000)));
      assertTrue(pipeline.stop(StopMode.DRAIN, PipelineFixture.SOON));
      assertEquals(2, seen.size());
      assertFalse(seen.contains(shared));
      assertEquals(FrameShape.i420(32, 32), seen.getLast().shape());
      shared.close();
    }
  }

  @Test
  void stopsInFullFlightWithoutLeavingAnything() {
    for (StopMode mode : StopMode.values()) {
      try (PipelineFixture fixture = new PipelineFixture(new FakeCodecs(), MediaClock.system())) {
        LivePipeline pipeline =
            new LivePipeline(
                LivePipelineSettings.live("p", 3, Codec.VP8), fixture.resources, fixture.outputs());
        AtomicInteger processed = new AtomicInteger();
        pipeline.wanted(VP8);
        pipeline.start(
            LayerChain.of(List.of(layer("count", frame -> processed.incrementAndGet()))));
        for (int i = 0; i < 300; i++) {
          assertTrue(pipeline.offerImage(file(fixture, 10), INFO, i * 1_000_000L));
          assertTrue(pipeline.offerAudio(fixture.sound(i)));
        }
        assertTrue(pipeline.stop(mode, PipelineFixture.SOON));
        assertTrue(pipeline.stop(mode, PipelineFixture.SOON));
        StatisticsSnapshot numbers = pipeline.statistics();
        assertEquals(300, numbers.framesIn());
        if (mode == StopMode.DRAIN) {
          assertTrue(numbers.framesOut() > 0);
          assertEquals(
              600, numbers.framesOut() + numbers.audioUnits() + numbers.dropped(DropKind.OVERFLOW));
        }
      }
    }
  }

  @Test
  void aLateFrameOfAHidingChainIsAPrivacyDrop() {
    try (PipelineFixture fixture = new PipelineFixture(new FakeCodecs(), MediaClock.system())) {
      LivePipelineSettings plain = LivePipelineSettings.everyFrame("p", 1, Codec.VP8);
      LivePipeline pipeline =
          new LivePipeline(
              new LivePipelineSettings(
                  new ProcessorSettings("p", 1, 1, Duration.ofMillis(1)),
                  plain.delivery(),
                  4,
                  plain.video(),
                  plain.demand(),
                  plain.audioBitrateBps(),
                  plain.sinkPatience()),
              fixture.resources,
              fixture.outputs());
      CountDownLatch never = new CountDownLatch(1);
      HidesNothing slow = new HidesNothing(never);
      pipeline.wanted(VP8);
      pipeline.start(LayerChain.of(List.of(slow)));
      assertTrue(pipeline.offerFrame(fixture.frame(1)));
      assertTrue(pipeline.stop(StopMode.DRAIN, PipelineFixture.SOON));
      assertEquals(List.of(), fixture.videoPts);
      assertEquals(1, pipeline.statistics().dropped(DropKind.PRIVACY));
      assertEquals(List.of(DropKind.PRIVACY), fixture.drops);
    }
  }

  private record HidesNothing(CountDownLatch never)
      implements org.framecast.stream.flow.PrivacyLayer {
    @Override
    public String name() {
      return "hide";
    }

    @Override
    public void process(TimestampedFrame frame) {
      hideWhole(frame);
    }

    @Override
    public void hideWhole(TimestampedFrame frame) {
      try {
        assertFalse(never.await(20, java.util.concurrent.TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void imageModeAnswersEachImageInOrder() {
    try (PipelineFixture fixture = new PipelineFixture(new FakeCodecs(), MediaClock.system())) {
      List<String> answers = Collections.synchronizedList(new ArrayList<>());
      ImagePipeline pipeline =
          new ImagePipeline(
              ProcessorSettings.of("i", 3, 4),
              20,
              ImagePipeline.DEFAULT_QUALITY,
              fixture.resources,
              new ImageOutputs(new Answers(answers), fixture.statistics));
      for (int i = 0; i < 20; i++) {
        assertTrue(pipeline.offer(file(fixture, i % 5 == 3 ? 0 : 10), INFO));
      }
      MediaBuffer tooMany = file(fixture, 10);
      assertFalse(pipeline.offer(tooMany, INFO));
      tooMany.close();
      pipeline.start(LayerChain.empty());
      assertTrue(pipeline.stop(StopMode.DRAIN, PipelineFixture.SOON));
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        expected.add((i % 5 == 3 ? "failed " : "image ") + i);
      }
      assertEquals(expected, answers);
    }
  }

  private record Answers(List<String> answers) implements ImageSink {
    @Override
    public void image(ProcessedImage image) {
      try (image) {
        answers.add("image " + image.number());
      }
    }

    @Override
    public void failed(long number, DropKind kind, @Nullable Throwable cause) {
      answers.add("failed " + number);
    }
  }

  @Test
  void theSceneAndTheToneGoThroughRealCodecs() {
    FfmpegCodecs codecs = new FfmpegCodecs();
    try (PipelineFixture fixture = new PipelineFixture(codecs, MediaClock.system())) {
      LivePipeline pipeline =
          new LivePipeline(
              LivePipelineSettings.live("p", 2, Codec.VP8), fixture.resources, fixture.outputs());
      pipeline.wanted(VP8);
      pipeline.start(LayerChain.empty());
      SceneSource scene =
          new SceneSource(
              "scene",
              new SceneSettings(320, 180, 20, 1, 2),
              fixture.frames,
              fixture.resources.clock());
      ToneSource tone = new ToneSource(440, fixture.buffers, fixture.resources.clock());
      SourceLoop pictures = new SourceLoop("scene", scene, pipeline);
      SourceLoop sound = new SourceLoop("tone", tone, pipeline);
      pictures.start(fixture.resources.threads());
      sound.start(fixture.resources.threads());
      PipelineFixture.await(() -> fixture.videoPts.size() >= 20 && fixture.audioPts.size() >= 50);
      pipeline.keyframeWanted(VP8);
      int before = fixture.units.get();
      PipelineFixture.await(() -> fixture.units.get() > before + 3);
      assertTrue(pictures.stop(PipelineFixture.SOON));
      assertTrue(sound.stop(PipelineFixture.SOON));
      assertTrue(pipeline.stop(StopMode.DRAIN, PipelineFixture.SOON));
      // One at the start, one asked for, and perhaps one each for the measured rate and content.
      int keyframes = Collections.frequency(fixture.kinds, AccessUnit.Kind.KEYFRAME);
      assertTrue(keyframes >= 2 && keyframes <= 4, keyframes + " keyframes");
      List<Long> sorted = fixture.videoPts.stream().sorted().toList();
      assertEquals(sorted, fixture.videoPts);
      assertTrue(fixture.drops.isEmpty(), fixture.drops + " " + fixture.causes);
    }
  }

  @Test
  void aJpegBecomesAJpeg() {
    FfmpegCodecs codecs = new FfmpegCodecs();
    List<ImageInfo> answers = Collections.synchronizedList(new ArrayList<>());
    try (PipelineFixture fixture = new PipelineFixture(codecs, MediaClock.system())) {
      ImagePipeline pipeline =
          new ImagePipeline(
              ProcessorSettings.of("i", 1, 1),
              2,
              90,
              fixture.resources,
              new ImageOutputs(
                  new ImageSink() {
                    @Override
                    public void image(ProcessedImage image) {
                      try (image) {
                        answers.add(ImageHeaders.parse(image.jpeg().content()));
                      }
                    }

                    @Override
                    public void failed(long number, DropKind kind, @Nullable Throwable cause) {
                      fixture.dropped(kind, cause);
                    }
                  },
                  fixture.statistics));
      pipeline.start(LayerChain.empty());
      try (var encoder = codecs.openImageEncoder();
          TimestampedFrame picture = fixture.frame(0, 320, 180)) {
        picture.pixels().plane(0).fill((byte) 90);
        picture.pixels().plane(1).fill((byte) 128);
        picture.pixels().plane(2).fill((byte) 128);
        MediaBuffer jpeg = encoder.encode(picture.pixels(), 90, fixture.buffers);
        assertTrue(pipeline.offer(jpeg, ImageHeaders.parse(jpeg.content())));
      }
      assertTrue(pipeline.stop(StopMode.DRAIN, PipelineFixture.SOON));
      assertEquals(List.of(new ImageInfo(ImageFormat.JPEG, 320, 180)), answers);
      assertTrue(fixture.drops.isEmpty(), fixture.drops + " " + fixture.causes);
    }
  }
}
