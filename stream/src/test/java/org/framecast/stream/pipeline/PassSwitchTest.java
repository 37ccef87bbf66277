package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.framecast.stream.codec.VideoDecoderSettings;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.media.TimestampedFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which pictures of a publisher's reach the viewers, when the layers change. */
class PassSwitchTest {
  private static final Rendition VP8 = Rendition.best(Codec.VP8);

  private final BufferPool pool = BufferPool.open("switch", 1 << 20);
  private final FramePool frames = FramePool.open("switch", 1);
  private final List<String> shown = new ArrayList<>();
  private final List<String> demand = new ArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final DecodeLoop decoding =
      new DecodeLoop(
          "decode",
          new VideoDecoderSettings(Codec.VP8, "test", 1_000),
          new PipelineResources(
              new FakeCodecs(), frames, pool, Thread.ofPlatform().factory(), () -> 0),
          new NoInput(),
          (kind, cause) -> {},
          new StageStatistics(() -> 0, Duration.ofSeconds(1)),
          () -> asked.add("decoder"));
  private final PassSwitch pictures =
      new PassSwitch(
          PassSwitch.Way.PASSED,
          (rendition, unit) -> shown.add(unit.kind().name().charAt(0) + "" + unit.ptsNanos()),
          () -> asked.add("publisher"),
          decoding,
          new Recorded());

  @AfterEach
  void nothingIsLeft() {
    // The loop was never started, so what it was given is in its queue.
    decoding.stop(Duration.ofSeconds(1));
    assertEquals(0, pool.live());
    pool.close();
    frames.close();
  }

  private boolean published(AccessUnit.Kind kind, long number) {
    try (AccessUnit unit = unit(kind, number)) {
      return pictures.video(unit);
    }
  }

  private void encoded(AccessUnit.Kind kind, long number) {
    try (AccessUnit unit = unit(kind, number)) {
      pictures.encoded(VP8, unit);
    }
  }

  private AccessUnit unit(AccessUnit.Kind kind, long number) {
    MediaBuffer bytes = pool.acquire(4);
    return new AccessUnit(Codec.VP8, kind, bytes.sizeBytes(4), number, 0);
  }

  @Test
  void nothingPassesByFromTheMomentThatALayerIsOn() {
    pictures.wanted(VP8);
    assertTrue(published(AccessUnit.Kind.KEYFRAME, 1));
    assertTrue(published(AccessUnit.Kind.DELTA, 2));
    assertEquals(List.of(), demand, "no encoder runs for what is passed on");

    pictures.to(PassSwitch.Way.PROCESSED);
    assertEquals(List.of("publisher"), asked);
    assertTrue(!published(AccessUnit.Kind.DELTA, 3));
    assertEquals(2, asked.size(), "asked again as long as no keyframe comes");
    assertTrue(!published(AccessUnit.Kind.KEYFRAME, 4));
    assertEquals(List.of("wanted", "keyframe"), demand);
    encoded(AccessUnit.Kind.DELTA, 4);
    encoded(AccessUnit.Kind.KEYFRAME, 5);
    encoded(AccessUnit.Kind.DELTA, 6);
    assertEquals(List.of("K1", "D2", "K5", "D6"), shown);
  }

  @Test
  void processedPicturesGoOnUntilTheKeyframeThatIsPassedOn() {
    pictures.wanted(VP8);
    pictures.to(PassSwitch.Way.PROCESSED);
    published(AccessUnit.Kind.KEYFRAME, 1);
    encoded(AccessUnit.Kind.KEYFRAME, 1);
    pictures.to(PassSwitch.Way.PASSED);
    assertTrue(!published(AccessUnit.Kind.DELTA, 2));
    encoded(AccessUnit.Kind.DELTA, 2);
    assertTrue(published(AccessUnit.Kind.KEYFRAME, 3));
    // It was under way when the way changed.
    encoded(AccessUnit.Kind.DELTA, 2);
    assertTrue(published(AccessUnit.Kind.DELTA, 4));
    assertEquals(List.of("K1", "D2", "K3", "D4"), shown);
    assertEquals("unwanted", demand.getLast());
  }

  @Test
  void aViewersNeedGoesToWhoeverMakesThePictures() {
    pictures.keyframeWanted(VP8);
    assertEquals(List.of("publisher"), asked);
    pictures.to(PassSwitch.Way.PROCESSED);
    published(AccessUnit.Kind.KEYFRAME, 1);
    int before = asked.size();
    pictures.keyframeWanted(VP8);
    assertEquals(before, asked.size());
    assertEquals(List.of("keyframe"), demand);
  }

  private final class Recorded implements RenditionDemand {
    @Override
    public void wanted(Rendition rendition) {
      demand.add("wanted");
    }

    @Override
    public void unwanted(Rendition rendition) {
      demand.add("unwanted");
    }

    @Override
    public void keyframeWanted(Rendition rendition) {
      demand.add("keyframe");
    }

    @Override
    public void bitrate(Rendition rendition, int bitrateBps) {}
  }

  private static final class NoInput implements StreamInput {
    @Override
    public boolean offerFrame(TimestampedFrame frame) {
      return false;
    }

    @Override
    public boolean offerAudio(AudioFrame block) {
      return false;
    }
  }
}
