package org.framecast.stream.webrtc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.LeastHeap;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.transport.PeerTrack;
import org.framecast.stream.webrtc.rtp.Units;
import org.framecast.stream.webrtc.sdp.Offers;
import org.junit.jupiter.api.Test;

class FanOutTest {
  @Test
  void eachViewerIsSentItsOwnNumbers() throws Exception {
    try (Stage stage = new Stage()) {
      stage.connect();
      stage.connect();
      stage.keyframe(0);
      stage.block(0);
      List<byte[]> one = stage.picture(0).rtp();
      List<byte[]> other = stage.picture(1).rtp();
      assertEquals(2, one.size());
      assertEquals(2, other.size());
      assertNotEquals(
          ByteBuffer.wrap(one.get(0)).getInt(8), ByteBuffer.wrap(other.get(0)).getInt(8));
      assertEquals(1, stage.sound(0).rtp().size());
      // Whoever comes second does not change what the first was sent.
      assertEquals(
          (short) (ByteBuffer.wrap(one.get(0)).getShort(2) + 1),
          ByteBuffer.wrap(one.get(1)).getShort(2));
      assertEquals(6, stage.stream.stats().packets());
      assertEquals(2, stage.stream.viewers().get(0).stats().packets() - 1);
    }
  }

  @Test
  void aLateViewerStartsOnAKeyframeWhichItsArrivalAsksFor() throws Exception {
    try (Stage stage = new Stage()) {
      stage.connect();
      assertEquals(1, stage.keyframesAsked.get());
      stage.keyframe(0);
      stage.advance(Duration.ofSeconds(2));
      stage.connect();
      stage.connect();
      assertEquals(2, stage.keyframesAsked.get(), "two arrivals, one request");
      stage.delta(1);
      assertEquals(3, stage.picture(0).rtp().size());
      assertEquals(0, stage.picture(1).rtp().size());
      stage.block(1);
      assertEquals(1, stage.sound(1).rtp().size(), "sound needs no keyframe");
      stage.keyframe(2);
      assertEquals(2, stage.picture(1).rtp().size());
      assertEquals(2, stage.picture(2).rtp().size());
    }
  }

  @Test
  void requestsAreSpacedAndRepeated() throws Exception {
    try (Stage stage = new Stage()) {
      stage.connect();
      stage.keyframe(0);
      stage.stream.keyframeWanted(stage.stream.viewers().get(0).tracks().get(0));
      assertEquals(1, stage.keyframesAsked.get(), "too soon after a keyframe");
      stage.advance(Duration.ofMillis(500));
      stage.delta(1);
      assertEquals(2, stage.keyframesAsked.get(), "with the next picture after the interval");
      stage.advance(Duration.ofMillis(900));
      stage.delta(2);
      assertEquals(2, stage.keyframesAsked.get());
      stage.advance(Duration.ofMillis(100));
      stage.delta(3);
      assertEquals(3, stage.keyframesAsked.get(), "the encoder did not answer");
      stage.keyframe(4);
      stage.advance(Duration.ofSeconds(5));
      stage.delta(5);
      assertEquals(3, stage.keyframesAsked.get(), "nobody wants one");
    }
  }

  @Test
  void aDeadViewerIsGoneAndTheOthersLoseNothing() throws Exception {
    try (Stage stage = new Stage()) {
      stage.connect();
      stage.connect();
      stage.keyframe(0);
      stage.picture(0).outcome = PeerTrack.Outcome.CLOSED;
      stage.delta(1);
      stage.delta(2);
      assertEquals(4, stage.picture(1).rtp().size());
      assertEquals(List.of(LeaveReason.LEFT), stage.departures);
      assertEquals(1, stage.stream.viewers().size());
      assertEquals(2 + 4, stage.stream.stats().packets(), "departed viewers count");
    }
  }

  @Test
  void packetsThatTheSocketRefusesAreCounted() throws Exception {
    try (Stage stage = new Stage()) {
      Viewer viewer = stage.connect();
      stage.picture(0).outcome = PeerTrack.Outcome.DROPPED;
      stage.keyframe(0);
      assertEquals(2, viewer.stats().dropped());
      assertEquals(Viewer.State.CONNECTED, viewer.state());
    }
  }

  @Test
  void reportsComeEarlyAndThenEverySecond() throws Exception {
    try (Stage stage = new Stage()) {
      stage.connect();
      int frames = 90;
      for (int i = 0; i < frames; i++) {
        long pts = i * 100_000_000L;
        if (i % 30 == 0) {
          stage.keyframe(pts);
        } else {
          stage.delta(pts);
        }
        stage.advance(Duration.ofMillis(100));
      }
      List<byte[]> reports = stage.picture(0).reports();
      // At 0, 0.2, 0.4 and 0.6 s, then at 1.6, 2.6 … 8.6 s.
      assertEquals(4 + 8, reports.size());
      ByteBuffer first = ByteBuffer.wrap(reports.get(0));
      ByteBuffer last = ByteBuffer.wrap(reports.getLast());
      assertEquals(8_600_000_000L, nanos(last.getLong(8) - first.getLong(8)), 10);
      assertEquals(8.6 * 90_000, last.getInt(16) - first.getInt(16), 1);
      assertEquals(0, first.getInt(20), "packets before the first report");
      assertTrue(last.getInt(20) > 80);
      byte[] packet = stage.picture(0).rtp().get(0);
      assertEquals(ByteBuffer.wrap(packet).getInt(8), first.getInt(4), "the SSRC");
      assertEquals(ByteBuffer.wrap(packet).getInt(4), first.getInt(16), "the time");
    }
  }

  private static double nanos(long ntp) {
    return ntp * 1e9 / (1L << 32);
  }

  @Test
  void aViewerThatCannotBeClosedDoesNotKeepTheOthers() throws Exception {
    try (Stage stage = new Stage()) {
      stage.connect();
      stage.connect();
      stage.transport.peers.get(0).failsToClose = true;
      assertThrows(MediaException.class, stage.stream::close);
      assertEquals(0, stage.transport.livePeers());
      assertTrue(stage.stream.isClosed());
    }
  }

  @Test
  void packetsSayWhenTheyWereSentToWhoOfferedIt() throws Exception {
    try (Stage stage = new Stage()) {
      stage.connect();
      stage.connect(Offers.chromium());
      stage.keyframe(0);
      stage.block(0);
      stage.advance(Duration.ofMillis(250));
      stage.delta(33_000_000L);
      List<byte[]> plain = stage.picture(0).rtp();
      List<byte[]> timed = stage.picture(1).rtp();
      for (int i = 0; i < plain.size(); i++) {
        ByteBuffer one = ByteBuffer.wrap(plain.get(i));
        ByteBuffer other = ByteBuffer.wrap(timed.get(i));
        assertEquals((byte) 0x80, one.get(0));
        assertEquals((byte) 0x90, other.get(0));
        assertEquals(one.get(1), other.get(1), "marker and payload type");
        // RFC 8285: one-byte headers, one word, number 2 with three bytes.
        assertEquals(0xbede0001, other.getInt(12));
        assertEquals(0x22, other.get(16));
        // The picture number is the viewer's own.
        assertEquals(one.slice(16, one.capacity() - 16), other.slice(24, other.capacity() - 24));
      }
      // A quarter of a second in 6.18 bits.
      int elapsed = time(timed.getLast()) - time(timed.get(0));
      assertEquals(1 << 16, elapsed);
      assertEquals((byte) 0x80, stage.sound(1).rtp().get(0)[0], "sound does not");
      byte[] lost = timed.get(0).clone();
      stage.nack(1, lost, 0);
      byte[] again = stage.picture(1).rtp().getLast();
      assertEquals(1 << 16, time(again) - time(lost), "the time of its repetition");
      System.arraycopy(lost, 17, again, 17, 3);
      assertArrayEquals(lost, again);
    }
  }

  private static int time(byte[] packet) {
    return ByteBuffer.wrap(packet).getInt(16) & 0xff_ffff;
  }

  @Test
  void unitsOfAnotherCodecAreIgnored() throws Exception {
    try (Stage stage = new Stage()) {
      stage.connect();
      stage.deliver(Codec.AV1, AccessUnit.Kind.KEYFRAME, 10, 0);
      assertEquals(0, stage.picture(0).packets.size());
    }
  }

  @Test
  void sendingAllocatesNothingPerPacket() throws Exception {
    try (Stage stage = new Stage();
        AccessUnit keyframe =
            Units.of(
                stage.pool, Codec.VP8, AccessUnit.Kind.KEYFRAME, Units.counting(20_000, 0), 0)) {
      for (int i = 0; i < 10; i++) {
        stage.connect();
        stage.picture(i).keeps = false;
      }
      long packets = 2_000L * 10 * 18;
      long bytes = LeastHeap.of(() -> deliver(stage, keyframe, 2_000), packets / 10);
      assertTrue(bytes < packets / 10, bytes + " bytes for " + packets + " packets");
    }
  }

  private static void deliver(Stage stage, AccessUnit unit, int times) {
    Rendition rendition = Rendition.best(unit.codec());
    for (int i = 0; i < times; i++) {
      stage.stream.deliver(rendition, unit);
    }
  }
}
