package org.framecast.stream.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.transport.PeerState;
import org.framecast.stream.webrtc.sdp.Offers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ViewerNewsTest {
  private final List<String> told = new ArrayList<>();
  private Consumer<Viewer> onJoined = viewer -> {};
  private Runnable onWanted = () -> {};

  @Test
  void whoLeavesBeforeItsJoiningIsToldLeavesAfterwards() throws Exception {
    try (Stage stage = new Stage();
        FanOut stream = stream(stage)) {
      onWanted =
          () -> {
            FakeTransport.FakePeer peer = stage.transport.peers.getLast();
            peer.listener.stateChanged(PeerState.CONNECTED);
            peer.listener.stateChanged(PeerState.CLOSED);
          };
      stage.negotiator.negotiate(Offers.plain(), stream).join();
      assertEquals(List.of("joined", "connected", "LEFT"), told);
    }
  }

  @Test
  void whoLeavesWhileItsJoiningIsToldLeavesAfterwards() throws Exception {
    try (Stage stage = new Stage();
        FanOut stream = stream(stage)) {
      onJoined = Viewer::close;
      stage.negotiator.negotiate(Offers.plain(), stream).join();
      assertEquals(List.of("joined", "ENDED"), told);
    }
  }

  @Test
  void aListenerThatFailsHearsOfTheEndAndOfNothingAfterIt() throws Exception {
    try (Stage stage = new Stage();
        FanOut stream = stream(stage)) {
      onJoined =
          viewer -> {
            throw new IllegalStateException("on purpose");
          };
      assertInstanceOf(
          NegotiationResult.Failed.class,
          stage.negotiator.negotiate(Offers.plain(), stream).join());
      stage.transport.peers.getLast().listener.stateChanged(PeerState.CONNECTED);
      assertEquals(List.of("STREAM_ENDED"), told);
    }
  }

  @Test
  void nothingIsToldOfOneWhoIsNotTakenIn() throws Exception {
    try (Stage stage = new Stage();
        FanOut stream = stream(stage)) {
      onWanted =
          () -> {
            throw new IllegalStateException("on purpose");
          };
      assertInstanceOf(
          NegotiationResult.Failed.class,
          stage.negotiator.negotiate(Offers.plain(), stream).join());
      assertEquals(List.of(), told);
    }
  }

  private FanOut stream(Stage stage) {
    return FanOut.open(
        FanOutSettings.of(Offers.VP8_AND_OPUS),
        new Wanted(),
        new Teller(),
        stage.nanos::get,
        () -> Instant.EPOCH,
        stage.senders);
  }

  private final class Teller implements ViewerListener {
    @Override
    public void joined(Viewer viewer) {
      onJoined.accept(viewer);
      told.add("joined");
    }

    @Override
    public void connected(Viewer viewer) {
      told.add("connected");
    }

    @Override
    public void left(Viewer viewer, LeaveReason reason) {
      told.add(reason.name());
    }
  }

  private final class Wanted implements RenditionDemand {
    @Override
    public void wanted(Rendition rendition) {
      onWanted.run();
    }

    @Override
    public void unwanted(Rendition rendition) {}

    @Override
    public void keyframeWanted(Rendition rendition) {}

    @Override
    public void bitrate(Rendition rendition, int bitrateBps) {}
  }
}
