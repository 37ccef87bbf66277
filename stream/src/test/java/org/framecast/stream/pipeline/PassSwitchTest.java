package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
  private static final Rendition H264 = Rendition.best(Codec.H264);
  private static final Rendition SMALL = new Rendition(Codec.VP8, 1);

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
          new PassSwitch.Origin(VP8, () -> asked.add("publisher")),
          (rendition, unit) ->
              shown.add(
                  (rendition.equals(VP8) ? "" : rendition.codec() + "/" + rendition.rung() + " ")
                      + unit.kind().name().charAt(0)
                      + unit.ptsNanos()),
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

  private PassSwitch.Outcome published(AccessUnit.Kind kind, long number) {
    try (AccessUnit unit = unit(kind, number)) {
      return pictures.video(unit);
    }
  }

  private void encoded(AccessUnit.Kind kind, long number) {
    encoded(VP8, kind, number);
  }

  private void encoded(Rendition rendition, AccessUnit.Kind kind, long number) {
    try (AccessUnit unit = unit(rendition.codec(), kind, number)) {
      pictures.encoded(rendition, unit);
    }
  }

  private AccessUnit unit(AccessUnit.Kind kind, long number) {
    return unit(Codec.VP8, kind, number);
  }

  private AccessUnit unit(Codec codec, AccessUnit.Kind kind, long number) {
    MediaBuffer bytes = pool.acquire(4);
    return new AccessUnit(codec, kind, bytes.sizeBytes(4), number, 0);
  }

  @Test
  void nothingPassesByFromTheMomentThatALayerIsOn() {
    pictures.wanted(VP8);
    assertEquals(PassSwitch.Outcome.PASSED, published(AccessUnit.Kind.KEYFRAME, 1));
    assertEquals(PassSwitch.Outcome.PASSED, published(AccessUnit.Kind.DELTA, 2));
    assertEquals(List.of(), demand, "no encoder runs for what is passed on");

    pictures.to(PassSwitch.Way.PROCESSED);
    assertEquals(List.of("publisher"), asked);
    assertEquals(PassSwitch.Outcome.DROPPED, published(AccessUnit.Kind.DELTA, 3));
    assertEquals(2, asked.size(), "asked again as long as no keyframe comes");
    assertEquals(PassSwitch.Outcome.DECODED, published(AccessUnit.Kind.KEYFRAME, 4));
    assertEquals(List.of("wanted", "keyframe"), demand);
    encoded(AccessUnit.Kind.DELTA, 4);
    encoded(AccessUnit.Kind.KEYFRAME, 5);
    encoded(AccessUnit.Kind.DELTA, 6);
    assertEquals(List.of("K1", "D2", "K5", "D6"), shown);
  }

  @Test
  void whatIsPassedOnIsDecodedTooWhileItIsRecorded() {
    pictures.wanted(VP8);
    assertEquals(PassSwitch.Outcome.PASSED, published(AccessUnit.Kind.KEYFRAME, 1));
    pictures.picturesWanted();
    assertEquals(List.of("publisher"), asked);
    assertEquals(PassSwitch.Outcome.PASSED, published(AccessUnit.Kind.DELTA, 2));
    assertEquals(PassSwitch.Outcome.SHARED, published(AccessUnit.Kind.KEYFRAME, 3));
    assertEquals(PassSwitch.Outcome.SHARED, published(AccessUnit.Kind.DELTA, 4));
    pictures.picturesUnwanted();
    assertEquals(PassSwitch.Outcome.PASSED, published(AccessUnit.Kind.DELTA, 5));
    assertEquals(List.of("K1", "D2", "K3", "D4", "D5"), shown);
    assertEquals(List.of(), demand, "no encoder runs for a recording's sake");
  }

  @Test
  void processedPicturesGoOnUntilTheKeyframeThatIsPassedOn() {
    pictures.wanted(VP8);
    pictures.to(PassSwitch.Way.PROCESSED);
    published(AccessUnit.Kind.KEYFRAME, 1);
    encoded(AccessUnit.Kind.KEYFRAME, 1);
    pictures.to(PassSwitch.Way.PASSED);
    assertEquals(PassSwitch.Outcome.DECODED, published(AccessUnit.Kind.DELTA, 2));
    encoded(AccessUnit.Kind.DELTA, 2);
    assertEquals(PassSwitch.Outcome.PASSED, published(AccessUnit.Kind.KEYFRAME, 3));
    // It was under way when the way changed.
    encoded(AccessUnit.Kind.DELTA, 2);
    assertEquals(PassSwitch.Outcome.PASSED, published(AccessUnit.Kind.DELTA, 4));
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

  /** The decoder's queue: it was never started, so it holds what it was given. */
  private int decoding() {
    return pool.live();
  }

  @Test
  void anotherCodecIsEncodedForWhoNeedsItWhileTheOthersArePassedTheirOwn() {
    pictures.wanted(VP8);
    published(AccessUnit.Kind.KEYFRAME, 1);
    pictures.wanted(H264);
    assertEquals(List.of("publisher"), asked, "the decoder begins at a keyframe");
    assertEquals(List.of("wanted H264/0"), demand);
    assertEquals(PassSwitch.Outcome.PASSED, published(AccessUnit.Kind.DELTA, 2));
    assertEquals(0, decoding());
    assertEquals(2, asked.size(), "asked again as long as no keyframe comes");
    assertEquals(PassSwitch.Outcome.SHARED, published(AccessUnit.Kind.KEYFRAME, 3));
    assertEquals(PassSwitch.Outcome.SHARED, published(AccessUnit.Kind.DELTA, 4));
    assertEquals(2, decoding());
    encoded(H264, AccessUnit.Kind.KEYFRAME, 3);
    pictures.keyframeWanted(H264);
    assertEquals(List.of("K1", "D2", "K3", "D4", "H264/0 K3"), shown);
    assertEquals(List.of("wanted H264/0", "keyframe H264/0"), demand);
    assertEquals(2, asked.size(), "the publisher has nothing to do with it");

    pictures.unwanted(H264);
    assertEquals(PassSwitch.Outcome.PASSED, published(AccessUnit.Kind.DELTA, 5));
    assertEquals(2, decoding(), "nothing is decoded that nobody needs");
    pictures.wanted(SMALL);
    assertEquals(PassSwitch.Outcome.PASSED, published(AccessUnit.Kind.DELTA, 6));
    assertEquals(2, decoding(), "after a rest decoding begins at a keyframe again");
    assertEquals(PassSwitch.Outcome.SHARED, published(AccessUnit.Kind.KEYFRAME, 7));
  }

  @Test
  void otherRenditionsGoOnWhenTheWayOfTheOwnChanges() {
    pictures.wanted(VP8);
    pictures.wanted(SMALL);
    published(AccessUnit.Kind.KEYFRAME, 1);
    pictures.to(PassSwitch.Way.PROCESSED);
    assertEquals(PassSwitch.Outcome.DECODED, published(AccessUnit.Kind.DELTA, 2));
    encoded(SMALL, AccessUnit.Kind.DELTA, 2);
    assertEquals(PassSwitch.Outcome.DECODED, published(AccessUnit.Kind.KEYFRAME, 3));
    encoded(SMALL, AccessUnit.Kind.DELTA, 3);
    encoded(VP8, AccessUnit.Kind.KEYFRAME, 3);
    pictures.to(PassSwitch.Way.PASSED);
    assertEquals(PassSwitch.Outcome.SHARED, published(AccessUnit.Kind.KEYFRAME, 4));
    encoded(SMALL, AccessUnit.Kind.DELTA, 4);
    assertEquals(List.of("K1", "VP8/1 D2", "VP8/1 D3", "K3", "K4", "VP8/1 D4"), shown);
    assertEquals(List.of("wanted VP8/1", "wanted", "keyframe", "unwanted"), demand);
  }

  private static String text(String what, Rendition rendition) {
    return rendition.equals(VP8) ? what : what + " " + rendition.codec() + "/" + rendition.rung();
  }

  private final class Recorded implements RenditionDemand {
    @Override
    public void wanted(Rendition rendition) {
      demand.add(text("wanted", rendition));
    }

    @Override
    public void unwanted(Rendition rendition) {
      demand.add(text("unwanted", rendition));
    }

    @Override
    public void keyframeWanted(Rendition rendition) {
      demand.add(text("keyframe", rendition));
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
