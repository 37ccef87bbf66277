package org.framecast.stream.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.framecast.stream.transport.PeerState;
import org.framecast.stream.webrtc.sdp.Offers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closing while another thread negotiates: that one is held at a point, and let go on later. */
@Timeout(60)
class NegotiationDeskTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @Test
  void closingWaitsForAPeerThatIsBeingOpened() throws Exception {
    try (Stage stage = new Stage()) {
      stage.transport.onOpen = this::hold;
      stage.transport.refusesTracks = true;
      assertInstanceOf(NegotiationResult.StreamEnded.class, heldWhileClosing(stage, stage.stream));
      assertEquals(1, stage.transport.peers.size());
    }
  }

  @Test
  void closingWaitsForAPeerThatIsBeingClosed() throws Exception {
    try (Stage stage = new Stage()) {
      stage.transport.onOffer =
          peer -> {
            peer.onClose = this::hold;
            peer.listener.stateChanged(PeerState.FAILED);
          };
      assertInstanceOf(NegotiationResult.Failed.class, heldWhileClosing(stage, stage.stream));
    }
  }

  @Test
  void closingWaitsForAViewerThatIsBeingTakenIn() throws Exception {
    try (Stage stage = new Stage();
        FanOut stream = stream(stage)) {
      NegotiationResult.Answered answered =
          assertInstanceOf(NegotiationResult.Answered.class, heldWhileClosing(stage, stream));
      assertEquals(Viewer.State.CLOSED, answered.viewer().state());
    }
  }

  @Test
  void whatIsCancelledMeanwhileIsWaitedForToo() throws Exception {
    try (Stage stage = new Stage()) {
      stage.transport.onOffer = peer -> peer.onClose = this::hold;
      CompletableFuture<NegotiationResult> result =
          stage.negotiator.negotiate(Offers.plain(), stage.stream);
      CompletableFuture<Integer> closed = closeWhenHeld(stage);
      result.cancel(false);
      assertEquals(0, closed.get(LIMIT.toSeconds(), TimeUnit.SECONDS), "peers open after closing");
    }
  }

  @Test
  void anErrorIsAResultAndKeepsNobodyWaiting() throws Exception {
    try (Stage stage = new Stage()) {
      stage.transport.onOffer =
          peer -> {
            throw new NoClassDefFoundError("on purpose");
          };
      assertInstanceOf(NegotiationResult.Failed.class, stage.negotiate(Offers.chromium()));
      assertEquals(0, stage.transport.livePeers());
    }
  }

  private NegotiationResult heldWhileClosing(Stage stage, FanOut stream) throws Exception {
    CompletableFuture<Integer> closed = closeWhenHeld(stage);
    NegotiationResult result =
        stage.negotiator.negotiate(Offers.plain(), stream).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertEquals(0, closed.get(LIMIT.toSeconds(), TimeUnit.SECONDS), "peers open after closing");
    return result;
  }

  /** Closes the negotiator once a negotiation is held; tells how many peers are open then. */
  private CompletableFuture<Integer> closeWhenHeld(Stage stage) {
    CompletableFuture<Integer> open = new CompletableFuture<>();
    Thread closing =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    held.await();
                    stage.negotiator.close();
                    open.complete(stage.transport.livePeers());
                  } catch (InterruptedException | RuntimeException e) {
                    open.completeExceptionally(e);
                  }
                });
    Thread.ofPlatform().daemon().start(() -> letGoOnWhenWaiting(closing));
    return open;
  }

  /** Once the closing thread has returned, or waits. */
  private void letGoOnWhenWaiting(Thread closing) {
    try {
      held.await();
      while (closing.isAlive() && closing.getState() != Thread.State.TIMED_WAITING) {
        LockSupport.parkNanos(1_000_000L);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      goOn.countDown();
    }
  }

  private void hold() {
    held.countDown();
    try {
      assertTrue(goOn.await(LIMIT.toSeconds(), TimeUnit.SECONDS), "held for too long");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A stream that holds whoever takes a viewer in. */
  private FanOut stream(Stage stage) {
    return FanOut.open(
        FanOutSettings.of(Offers.VP8_AND_OPUS),
        stage.demand,
        new ViewerListener() {
          @Override
          public void joined(Viewer viewer) {
            hold();
          }
        },
        stage.nanos::get,
        () -> Instant.EPOCH,
        stage.senders);
  }
}
