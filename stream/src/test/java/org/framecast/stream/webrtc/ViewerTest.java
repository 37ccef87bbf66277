package org.framecast.stream.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.transport.PeerState;
import org.framecast.stream.webrtc.sdp.Offers;
import org.framecast.stream.webrtc.sdp.SdpLimits;
import org.framecast.stream.webrtc.sdp.TrickleFragment;
import org.junit.jupiter.api.Test;

class ViewerTest {
  @Test
  void whoNeverConnectsIsGoneAfterTheHandshakeLimit() throws Exception {
    try (Stage stage = new Stage()) {
      Viewer viewer = stage.join();
      stage.advance(Duration.ofSeconds(10));
      viewer.check(stage.limits, stage.nanos.get());
      assertEquals(Viewer.State.CONNECTING, viewer.state());
      stage.advance(Duration.ofMillis(1));
      viewer.check(stage.limits, stage.nanos.get());
      assertEquals(List.of(LeaveReason.NEVER_CONNECTED), stage.departures);
      assertEquals(0, stage.transport.livePeers());
      assertEquals(List.of(), stage.stream.viewers());
    }
  }

  @Test
  void aShortInterruptionIsForgiven() throws Exception {
    try (Stage stage = new Stage()) {
      Viewer viewer = stage.connect();
      tell(stage, PeerState.DISCONNECTED);
      stage.advance(Duration.ofSeconds(3));
      viewer.check(stage.limits, stage.nanos.get());
      tell(stage, PeerState.CONNECTED);
      stage.advance(Duration.ofSeconds(3));
      viewer.check(stage.limits, stage.nanos.get());
      assertEquals(Viewer.State.CONNECTED, viewer.state());
      tell(stage, PeerState.DISCONNECTED);
      stage.advance(Duration.ofMillis(4_001));
      viewer.check(stage.limits, stage.nanos.get());
      assertEquals(List.of(LeaveReason.CONNECTION_LOST), stage.departures);
    }
  }

  @Test
  void failureAndCloseEndAtOnce() throws Exception {
    try (Stage stage = new Stage()) {
      stage.connect();
      tell(stage, PeerState.FAILED);
      stage.connect();
      tell(stage, PeerState.CLOSED);
      stage.connect().close();
      assertEquals(
          List.of(LeaveReason.CONNECTION_LOST, LeaveReason.LEFT, LeaveReason.ENDED),
          stage.departures);
      assertEquals(0, stage.transport.livePeers());
    }
  }

  @Test
  void whoEndsTheStreamWaitsForAPeerThatAnotherThreadCloses() throws Exception {
    try (Stage stage = new Stage()) {
      Viewer viewer = stage.connect();
      FakeTransport.FakePeer peer = stage.transport.peers.getLast();
      CountDownLatch closing = new CountDownLatch(1);
      CountDownLatch mayClose = new CountDownLatch(1);
      peer.onClose =
          () -> {
            closing.countDown();
            awaitQuietly(mayClose);
          };
      Thread leaver = Thread.ofPlatform().start(viewer::close);
      assertTrue(closing.await(30, TimeUnit.SECONDS));
      CompletableFuture<Boolean> ended =
          CompletableFuture.supplyAsync(
              () -> {
                stage.stream.close();
                return peer.closed;
              });
      assertThrows(TimeoutException.class, () -> ended.get(200, TimeUnit.MILLISECONDS));
      mayClose.countDown();
      assertTrue(ended.get(30, TimeUnit.SECONDS), "the stream is over and a peer is not closed");
      leaver.join();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void silenceCountsFromWhatWasLeftUnanswered() throws Exception {
    try (Stage stage = new Stage()) {
      Viewer viewer = stage.connect();
      stage.keyframe(0);
      report(stage);
      // Nothing is sent for a minute: nothing is to be answered.
      stage.advance(Duration.ofSeconds(60));
      viewer.check(stage.limits, stage.nanos.get());
      assertEquals(Viewer.State.CONNECTED, viewer.state());
      stage.delta(1);
      stage.advance(Duration.ofSeconds(6));
      stage.delta(2);
      viewer.check(stage.limits, stage.nanos.get());
      assertEquals(Viewer.State.CONNECTED, viewer.state());
      stage.advance(Duration.ofMillis(1));
      viewer.check(stage.limits, stage.nanos.get());
      assertEquals(List.of(LeaveReason.SILENT), stage.departures);
    }
  }

  @Test
  void whoNeverConnectsIsGoneThoughTheEncodersFail() throws Exception {
    try (Stage stage = new Stage(FanOutSettings.of(Offers.VP8_AND_OPUS).withLadder(3, 2))) {
      Viewer viewer = stage.join();
      ViewerTrack picture = viewer.tracks().get(0);
      stage.switchTo(viewer, new Rendition(Codec.VP8, 1));
      picture.target(Objects.requireNonNull(picture.lane()));
      stage.advance(Duration.ofSeconds(11));
      stage.demand.fails = true;
      assertThrows(MediaException.class, () -> viewer.check(stage.limits, stage.nanos.get()));
      assertEquals(Viewer.State.CLOSED, viewer.state());
      stage.demand.fails = false;
    }
  }

  @Test
  void tricklesWithinABudgetAndNeverRestarts() throws Exception {
    try (Stage stage = new Stage()) {
      Viewer viewer = stage.join();
      FakeTransport.FakePeer peer = stage.transport.peers.get(0);
      assertEquals(Viewer.TrickleOutcome.ACCEPTED, viewer.trickle(fragment(1, "")));
      assertEquals(List.of("candidate:1 1 UDP 1 192.0.2.1 9 typ host"), peer.candidates);
      assertEquals(
          Viewer.TrickleOutcome.RESTART_REFUSED,
          viewer.trickle(fragment(2, "a=ice-ufrag:other\na=ice-pwd:0123456789012345678901\n")));
      String laterSection =
          """
          a=ice-ufrag:Zk7+
          a=ice-pwd:q2x/9fB1sT0aLmN4oPqR6uVw
          m=audio 9 UDP/TLS/RTP/SAVPF 0
          a=mid:1
          a=ice-ufrag:other
          a=ice-pwd:0123456789012345678901
          """;
      assertEquals(
          Viewer.TrickleOutcome.RESTART_REFUSED, viewer.trickle(fragment(2, laterSection)));
      assertEquals(1, peer.candidates.size());
      for (int i = 0; i < 5; i++) {
        viewer.trickle(fragment(30, ""));
      }
      // Two came with the offer.
      assertEquals(SdpLimits.MAX_USED_CANDIDATES - 2, peer.candidates.size());
      viewer.close();
      assertEquals(Viewer.TrickleOutcome.GONE, viewer.trickle(fragment(1, "")));
    }
  }

  private static TrickleFragment fragment(int candidates, String head) {
    StringBuilder text = new StringBuilder(head);
    for (int i = 1; i <= candidates; i++) {
      text.append("a=candidate:1 1 udp 1 192.0.2.").append(i).append(" 9 typ host\n");
    }
    return assertInstanceOf(
            TrickleFragment.Result.Parsed.class, TrickleFragment.read(text.toString()))
        .fragment();
  }

  @Test
  void lossAndJitterAreRead() throws Exception {
    try (Stage stage = new Stage()) {
      Viewer viewer = stage.connect();
      stage.keyframe(0);
      int ssrc = ByteBuffer.wrap(stage.picture(0).rtp().get(0)).getInt(8);
      stage.rtcp(
          0,
          ByteBuffer.allocate(32)
              .putInt(0x81c90007)
              .putInt(1)
              .putInt(ssrc)
              .putInt(0x40000005)
              .putInt(0)
              .putInt(900)
              .position(0));
      ViewerStats stats = viewer.stats();
      assertEquals(0.25, stats.fractionLost());
      assertEquals(5, stats.packetsLost());
      assertEquals(10_000_000, stats.jitterNanos());
    }
  }

  @Test
  void namesTellNothing() throws Exception {
    try (Stage stage = new Stage()) {
      Viewer one = stage.join();
      Viewer other = stage.join();
      assertNotEquals(one.id(), other.id());
      assertTrue(one.id().matches("[0-9a-f]{18}"));
    }
  }

  private static void tell(Stage stage, PeerState state) {
    stage.transport.peers.getLast().listener.stateChanged(state);
  }

  private static void report(Stage stage) {
    stage
        .transport
        .peers
        .getLast()
        .listener
        .rtcpReceived("0", ByteBuffer.allocate(8).putInt(0x80c90001).putInt(1).flip());
  }
}
