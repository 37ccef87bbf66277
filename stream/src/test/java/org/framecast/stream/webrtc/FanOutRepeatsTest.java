package org.framecast.stream.webrtc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.webrtc.sdp.Offers;
import org.junit.jupiter.api.Test;

/** NACKs, answered from the one history. */
class FanOutRepeatsTest {
  private static final Rendition BEST = Rendition.best(Codec.VP8);
  private static final Rendition LOWER = new Rendition(Codec.VP8, 1);

  @Test
  void eachViewerIsSentAgainWhatItWasSentByItsOwnNumbers() throws Exception {
    try (Stage stage = new Stage()) {
      stage.connect();
      stage.keyframe(0);
      stage.advance(Duration.ofSeconds(1));
      stage.connect();
      for (int i = 1; i < 20; i++) {
        stage.picture(BEST, kind(i % 10 == 0), 3_000 + i, i, i * 33_000_000L);
      }
      for (int viewer = 0; viewer < 2; viewer++) {
        List<byte[]> sent = List.copyOf(stage.picture(viewer).rtp());
        stage.nack(viewer, sent.get(5), 0b101);
        List<byte[]> all = stage.picture(viewer).rtp();
        assertEquals(sent.size() + 3, all.size());
        assertArrayEquals(sent.get(5), all.get(sent.size()));
        assertArrayEquals(sent.get(6), all.get(sent.size() + 1));
        assertArrayEquals(sent.get(8), all.get(sent.size() + 2));
        assertEquals(3, stage.stream.viewers().get(viewer).stats().repeated());
      }
      byte[] one = stage.picture(0).rtp().get(30);
      byte[] other = stage.picture(1).rtp().get(30);
      assertNotEquals(ByteBuffer.wrap(one).getInt(8), ByteBuffer.wrap(other).getInt(8));
    }
  }

  @Test
  void aPacketOfARenditionThatWasLeftIsStillFound() throws Exception {
    try (Stage stage = new Stage(FanOutSettings.of(Offers.VP8_AND_OPUS).withLadder(3, 2))) {
      Viewer viewer = stage.connect();
      for (int i = 0; i < 5; i++) {
        stage.picture(BEST, kind(i == 0), 4_000, i, i * 33_000_000L);
        stage.picture(LOWER, kind(i == 0), 1_000, i, i * 33_000_000L);
      }
      stage.advance(Duration.ofSeconds(1));
      stage.switchTo(viewer, LOWER);
      for (int i = 5; i < 10; i++) {
        stage.picture(BEST, kind(false), 4_000, i, i * 33_000_000L);
        stage.picture(LOWER, kind(i == 7), 1_000, i, i * 33_000_000L);
      }
      List<byte[]> sent = List.copyOf(stage.picture(0).rtp());
      stage.advance(Duration.ofSeconds(1));
      for (byte[] packet : sent) {
        int before = stage.picture(0).rtp().size();
        stage.nack(0, packet, 0);
        assertEquals(before + 1, stage.picture(0).rtp().size());
        assertArrayEquals(packet, stage.picture(0).rtp().getLast());
      }
    }
  }

  @Test
  void whatWasNeverSentOrIsGoneIsNotAnswered() throws Exception {
    try (Stage stage = new Stage()) {
      stage.connect();
      stage.keyframe(0);
      List<byte[]> sent = List.copyOf(stage.picture(0).rtp());
      byte[] before = sent.get(0).clone();
      ByteBuffer.wrap(before).putShort(2, (short) (ByteBuffer.wrap(before).getShort(2) - 1));
      byte[] after = sent.getLast().clone();
      ByteBuffer.wrap(after).putShort(2, (short) (ByteBuffer.wrap(after).getShort(2) + 1));
      stage.nack(0, before, 0);
      stage.nack(0, after, 0);
      assertEquals(sent.size(), stage.picture(0).rtp().size());
      // Out of the ring of 512 packets.
      for (int i = 1; i < 300; i++) {
        stage.picture(BEST, kind(false), 2_000, i, i * 33_000_000L);
      }
      int all = stage.picture(0).rtp().size();
      stage.nack(0, sent.get(0), 0);
      assertEquals(all, stage.picture(0).rtp().size());
    }
  }

  @Test
  void repeatsKeepToTheBudgetAndToOneInAMoment() throws Exception {
    try (Stage stage = new Stage()) {
      Viewer viewer = stage.connect();
      stage.keyframe(0);
      byte[] packet = stage.picture(0).rtp().get(0);
      stage.nack(0, packet, 0);
      stage.nack(0, packet, 0);
      assertEquals(1, viewer.stats().repeated(), "one request, told twice");
      for (int i = 0; i < 200; i++) {
        stage.advance(Duration.ofMillis(11));
        if (i == 100) {
          break;
        }
        stage.nack(0, packet, 0);
      }
      // 32,000 bytes a second, and a quarter of the little that was sent: 1.1 seconds of it.
      long floor = 32_000 / packet.length;
      long repeated = viewer.stats().repeated();
      assertTrue(repeated >= floor && repeated <= 2 * floor + 2, "sent again: " + repeated);
      assertEquals(viewer.stats().nacked() - 1 - repeated, stage.unrepeated(0), "and counted");
    }
  }

  private static AccessUnit.Kind kind(boolean keyframe) {
    return keyframe ? AccessUnit.Kind.KEYFRAME : AccessUnit.Kind.DELTA;
  }
}
