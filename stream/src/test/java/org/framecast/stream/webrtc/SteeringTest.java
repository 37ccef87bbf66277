package org.framecast.stream.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.webrtc.sdp.Offers;
import org.junit.jupiter.api.Test;

/** A slow minority among viewers. */
class SteeringTest {
  private static final Rendition BEST = Rendition.best(Codec.VP8);
  private static final Rendition LOWER = new Rendition(Codec.VP8, 1);
  private static final int LITTLE = 1;
  private static final int A_THIRD = 85;

  private int pictures;

  @Test
  void whoLosesPacketsGoesDownAndUpAgainAndTheOthersStay() throws Exception {
    try (Stage stage = new Stage(FanOutSettings.of(Offers.VP8_AND_OPUS).withLadder(3, 2))) {
      for (int i = 0; i < 4; i++) {
        stage.connect();
      }
      seconds(stage, 3, LITTLE);
      assertEquals(Set.of(BEST), stage.demand.wanted);
      seconds(stage, 6, A_THIRD);
      assertEquals(Set.of(BEST, LOWER), stage.demand.wanted, "one more encode");
      assertEquals(Optional.of(LOWER), rendition(stage, 0));
      for (int i = 1; i < 4; i++) {
        assertEquals(Optional.of(BEST), rendition(stage, i));
      }
      seconds(stage, 20, LITTLE);
      assertEquals(Optional.of(BEST), rendition(stage, 0));
      assertEquals(Set.of(BEST), stage.demand.wanted, "nobody needs the other any more");
      assertTrue(stage.demand.bitrates.isEmpty(), "nobody was dragged down");
    }
  }

  @Test
  void whoNeverReportsStays() throws Exception {
    try (Stage stage = new Stage(FanOutSettings.of(Offers.VP8_AND_OPUS).withLadder(3, 2))) {
      stage.connect();
      for (int i = 0; i < 600; i++) {
        AccessUnit.Kind kind = i % 30 == 0 ? AccessUnit.Kind.KEYFRAME : AccessUnit.Kind.DELTA;
        stage.picture(BEST, kind, i < 90 ? 300 : 6_000, 0, i * 33_333_333L);
        stage.advance(Duration.ofNanos(33_333_333));
        stage.stream.steer(stage.nanos.get());
      }
      assertEquals(Set.of(BEST), stage.demand.wanted);
      assertTrue(stage.demand.bitrates.isEmpty());
    }
  }

  @Test
  void whenNoMoreEncodesMayBeTheSlowStay() throws Exception {
    try (Stage stage = new Stage(FanOutSettings.of(Offers.VP8_AND_OPUS).withLadder(1, 2))) {
      stage.connect();
      stage.connect();
      seconds(stage, 10, A_THIRD);
      assertEquals(Optional.of(BEST), rendition(stage, 0));
      assertEquals(Set.of(BEST), stage.demand.wanted);
    }
  }

  @Test
  void aRenditionThatNeverComesIsGivenUp() throws Exception {
    try (Stage stage = new Stage(FanOutSettings.of(Offers.VP8_AND_OPUS).withLadder(3, 2))) {
      stage.connect();
      seconds(stage, 3, LITTLE, false);
      seconds(stage, 4, A_THIRD, false);
      assertTrue(stage.demand.wanted.contains(LOWER));
      seconds(stage, 12, LITTLE, false);
      assertEquals(Set.of(BEST), stage.demand.wanted);
      assertEquals(Optional.of(BEST), rendition(stage, 0));
    }
  }

  @Test
  void aLoneSlowViewersEncodeIsMadeSmaller() throws Exception {
    try (Stage stage = new Stage()) {
      stage.connect();
      seconds(stage, 3, LITTLE);
      seconds(stage, 8, A_THIRD);
      int bps = Objects.requireNonNull(stage.demand.bitrates.get(BEST));
      assertTrue(bps >= BitrateRule.MIN_BPS && bps < 700_000, "encoded for " + bps);
    }
  }

  private static Optional<Rendition> rendition(Stage stage, int viewer) {
    return stage.stream.viewers().get(viewer).stats().rendition();
  }

  private void seconds(Stage stage, int seconds, int lostOfFirst) {
    seconds(stage, seconds, lostOfFirst, true);
  }

  /** At 30 pictures and one report a second; the first viewer loses so many 256ths. */
  private void seconds(Stage stage, int seconds, int lostOfFirst, boolean lowerRuns) {
    for (int second = 0; second < seconds; second++) {
      for (int i = 0; i < 30; i++) {
        AccessUnit.Kind kind =
            pictures % 15 == 0 ? AccessUnit.Kind.KEYFRAME : AccessUnit.Kind.DELTA;
        stage.picture(BEST, kind, 3_000, 0, pictures * 33_333_333L);
        if (lowerRuns && stage.demand.wanted.contains(LOWER)) {
          stage.picture(LOWER, kind, 1_000, 0, pictures * 33_333_333L);
        }
        pictures++;
        stage.advance(Duration.ofNanos(33_333_333));
        if (i % 15 == 0) {
          stage.stream.steer(stage.nanos.get());
        }
      }
      for (int viewer = 0; viewer < stage.stream.viewers().size(); viewer++) {
        int ssrc = ByteBuffer.wrap(stage.picture(viewer).rtp().get(0)).getInt(8);
        stage.rtcp(
            viewer,
            ByteBuffer.allocate(32)
                .putInt(0x81c90007)
                .putInt(1)
                .putInt(ssrc)
                .putInt((viewer == 0 ? lostOfFirst : LITTLE) << 24)
                .position(0));
      }
    }
  }
}
