package org.framecast.stream.webrtc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.webrtc.rtp.Units;
import org.framecast.stream.webrtc.rtp.Vp8Depacketizer;
import org.framecast.stream.webrtc.sdp.Offers;
import org.junit.jupiter.api.Test;

/** Several encodes of one picture. */
class FanOutRenditionsTest {
  private static final Rendition BEST = Rendition.best(Codec.VP8);
  private static final Rendition LOWER = new Rendition(Codec.VP8, 1);
  private static final FanOutSettings TWO_RUNGS =
      FanOutSettings.of(Offers.VP8_AND_OPUS).withLadder(3, 2);

  @Test
  void aSwitchHappensAtAKeyframeAndIsNoGap() throws Exception {
    try (Stage stage = new Stage(TWO_RUNGS)) {
      Viewer viewer = stage.connect();
      Viewer stays = stage.connect();
      List<byte[]> expected = new ArrayList<>();
      boolean lower = false;
      for (int i = 0; i < 60; i++) {
        if (i == 10) {
          stage.switchTo(viewer, LOWER);
          assertTrue(
              stage.demand.keyframesOf.contains(LOWER) || stage.demand.wanted.contains(LOWER));
        }
        if (i == 40) {
          stage.switchTo(viewer, BEST);
        }
        boolean bestKey = i % 25 == 0;
        boolean lowerKey = i == 20;
        long pts = i * 33_000_000L;
        stage.picture(BEST, kind(bestKey), 5_000, key(bestKey, i), pts);
        stage.picture(LOWER, kind(lowerKey), 900, key(lowerKey, i), pts);
        if (i == 20) {
          // Both pictures of that moment: the change comes with the second.
          expected.add(Units.counting(5_000, key(bestKey, i)));
          lower = true;
        }
        if (i == 50) {
          lower = false;
        }
        expected.add(
            lower ? Units.counting(900, key(lowerKey, i)) : Units.counting(5_000, key(bestKey, i)));
        stage.advance(Duration.ofMillis(33));
      }
      List<Vp8Depacketizer.Frame> frames = frames(stage, 0);
      assertEquals(expected.size(), frames.size());
      for (int i = 0; i < expected.size(); i++) {
        assertArrayEquals(expected.get(i), frames.get(i).bytes(), "picture " + i);
        assertTrue(i == 0 || frames.get(i).timestamp() - frames.get(i - 1).timestamp() > 0);
      }
      assertEquals(60, frames(stage, 1).size(), "who stays sees the full picture alone");
      assertEquals(Optional.of(BEST), stays.stats().rendition());
    }
  }

  /** Every number is looked at: sequence, picture, time. */
  private static List<Vp8Depacketizer.Frame> frames(Stage stage, int viewer) {
    Vp8Depacketizer depacketizer = new Vp8Depacketizer();
    List<Vp8Depacketizer.Frame> frames = new ArrayList<>();
    for (byte[] packet : stage.picture(viewer).rtp()) {
      depacketizer.take(packet).ifPresent(frames::add);
    }
    return frames;
  }

  @Test
  void whatASenderPassesOverIsNoGap() throws Exception {
    try (Stage stage = new Stage(TWO_RUNGS)) {
      stage.connect();
      stage.keyframe(0);
      int asked = stage.keyframesAsked.get();
      stage.senders.senders().get(0).pause();
      for (int i = 1; i < 40; i++) {
        stage.picture(BEST, kind(false), 100, key(false, i), i * 33_000_000L);
        stage.advance(Duration.ofMillis(33));
      }
      stage.senders.senders().get(0).resume();
      stage.picture(BEST, kind(false), 100, key(false, 41), 41 * 33_000_000L);
      assertEquals(asked + 1, stage.keyframesAsked.get());
      stage.picture(BEST, kind(true), 100, key(true, 42), 42 * 33_000_000L);
      List<Vp8Depacketizer.Frame> frames = frames(stage, 0);
      assertEquals(2, frames.size());
      assertTrue(frames.get(1).isKeyframe());
      assertTrue(stage.stream.stats().skipped() >= 38, stage.stream.stats().toString());
    }
  }

  @Test
  void aSenderThatIsBehindGoesOnWithTheNewestKeyframe() throws Exception {
    try (Stage stage = new Stage(TWO_RUNGS)) {
      stage.connect();
      stage.keyframe(0);
      int asked = stage.keyframesAsked.get();
      stage.senders.senders().get(0).pause();
      for (int i = 1; i < 40; i++) {
        stage.picture(BEST, kind(i == 35), 100, key(i == 35, i), i * 33_000_000L);
      }
      stage.senders.senders().get(0).resume();
      List<Vp8Depacketizer.Frame> frames = frames(stage, 0);
      assertEquals(1 + 5, frames.size());
      assertTrue(frames.get(1).isKeyframe());
      assertEquals(asked, stage.keyframesAsked.get());
    }
  }

  @Test
  void encodersAreAskedForWithTheFirstViewerAndLetGoWithTheLast() throws Exception {
    try (Stage stage = new Stage(FanOutSettings.of(Offers.FOUR_CODECS))) {
      assertEquals(Set.of(), stage.demand.wanted);
      for (int i = 0; i < 100; i++) {
        stage.connect();
      }
      assertEquals(Set.of(BEST), stage.demand.wanted);
      assertEquals(1, stage.demand.starts.get(), "one encode for a hundred viewers");
      Viewer other = stage.connect(Offers.preferring("H264"));
      assertEquals(Optional.of(Codec.H264), other.codec(MediaKind.VIDEO));
      assertEquals(Set.of(BEST, Rendition.best(Codec.H264)), stage.demand.wanted);
      other.close();
      assertEquals(Set.of(BEST), stage.demand.wanted);
      List.copyOf(stage.stream.viewers()).forEach(Viewer::close);
      assertEquals(Set.of(), stage.demand.wanted);
      assertEquals(2, stage.demand.starts.get());
    }
  }

  @Test
  void whenThereAreAsManyRenditionsAsThereMayBeTheyServeAll() throws Exception {
    try (Stage stage = new Stage(FanOutSettings.of(Offers.FOUR_CODECS).withLadder(2, 1))) {
      assertEquals(
          Optional.of(Codec.AV1), stage.connect(Offers.preferring("AV1")).codec(MediaKind.VIDEO));
      assertEquals(
          Optional.of(Codec.VP9), stage.connect(Offers.preferring("VP9")).codec(MediaKind.VIDEO));
      // It would rather have H264, and gets what is encoded already and stands first in its offer.
      Viewer third = stage.connect(Offers.preferring("H264"));
      assertTrue(Set.of(Codec.AV1, Codec.VP9).contains(third.codec(MediaKind.VIDEO).orElseThrow()));
      assertEquals(2, stage.demand.wanted.size());
      assertInstanceOf(
          NegotiationResult.Unusable.class, stage.negotiate(Offers.only("H264")), "422 it is");
    }
  }

  @Test
  void aRenditionsUnitsReachItsViewersAlone() throws Exception {
    try (Stage stage = new Stage(FanOutSettings.of(Offers.FOUR_CODECS))) {
      stage.connect();
      stage.connect(Offers.preferring("VP9"));
      stage.picture(BEST, kind(true), 100, 0, 0);
      assertEquals(1, stage.picture(0).rtp().size());
      assertEquals(0, stage.picture(1).rtp().size());
      stage.picture(Rendition.best(Codec.VP9), kind(true), 100, 0, 0);
      assertEquals(1, stage.picture(1).rtp().size());
      assertEquals(0x80, stage.picture(1).rtp().get(0)[12] & 0xf0, "VP9's descriptor");
    }
  }

  @Test
  void manyWhoComeAtOnceAreStartedFromOneKeyframe() throws Exception {
    try (Stage stage = new Stage()) {
      stage.connect();
      stage.keyframe(0);
      for (int i = 1; i < 10; i++) {
        stage.delta(i * 33_000_000L);
        stage.advance(Duration.ofMillis(33));
      }
      for (int i = 0; i < 20; i++) {
        stage.connect();
      }
      assertEquals(1, stage.keyframesAsked.get(), "the keyframe is 300 ms old");
      for (int i = 1; i <= 20; i++) {
        assertEquals(10, frames(stage, i).size(), "all from the keyframe on");
      }
      stage.delta(10 * 33_000_000L);
      assertEquals(11, frames(stage, 7).size());
      stage.advance(Duration.ofMillis(300));
      stage.connect();
      assertEquals(0, stage.picture(21).rtp().size(), "too old by now");
      assertEquals(2, stage.keyframesAsked.get());
    }
  }

  @Test
  void aLongGroupIsSentInPortions() throws Exception {
    FanOutSettings settings =
        FanOutSettings.of(Offers.VP8_AND_OPUS).withCachedPictures(Duration.ofSeconds(10), 2_048);
    try (Stage stage = new Stage(settings)) {
      for (int i = 0; i < 200; i++) {
        stage.picture(BEST, kind(i == 0), 5_000, key(i == 0, i), i * 33_000_000L);
        stage.advance(Duration.ofMillis(33));
      }
      stage.connect();
      assertEquals(200, frames(stage, 0).size());
      assertEquals(0, stage.keyframesAsked.get());
    }
  }

  @Test
  void pliAndFirAreJoinedAndLimitedForEachRendition() throws Exception {
    try (Stage stage = new Stage()) {
      stage.connect();
      stage.connect();
      stage.keyframe(0);
      int before = stage.keyframesAsked.get();
      for (int i = 1; i <= 100; i++) {
        stage.advance(Duration.ofMillis(20));
        for (int viewer = 0; viewer < 2; viewer++) {
          int ssrc = ByteBuffer.wrap(stage.picture(viewer).rtp().get(0)).getInt(8);
          stage.rtcp(
              viewer, ByteBuffer.allocate(12).putInt(0x81ce0002).putInt(1).putInt(ssrc).flip());
        }
        if (stage.keyframesAsked.get() > before) {
          before = stage.keyframesAsked.get();
          stage.keyframe(i * 20_000_000L);
        } else {
          stage.delta(i * 20_000_000L);
        }
      }
      int asked = stage.keyframesAsked.get();
      assertTrue(asked >= 4 && asked <= 5, "two seconds, two a second: " + asked);
    }
  }

  private static AccessUnit.Kind kind(boolean keyframe) {
    return keyframe ? AccessUnit.Kind.KEYFRAME : AccessUnit.Kind.DELTA;
  }

  /** The first byte of VP8 says whether it is a keyframe. */
  private static int key(boolean keyframe, int seed) {
    return keyframe ? seed * 2 : seed * 2 + 1;
  }
}
