package org.framecast.stream.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.transport.PeerState;
import org.framecast.stream.webrtc.sdp.Offers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class NegotiationTest {
  @Test
  void nothingOfABadOfferReachesTheLibrary() throws Exception {
    try (Stage stage = new Stage()) {
      assertInstanceOf(NegotiationResult.Malformed.class, stage.negotiate("hello"));
      assertInstanceOf(
          NegotiationResult.Unusable.class,
          stage.negotiate(Offers.chromium().replace("recvonly", "sendonly")));
      assertEquals(List.of(), stage.transport.peers);
    }
  }

  @Test
  void aStreamIsAskedForOnlyByAnOfferThatCanBeAnswered() {
    try (Stage stage = new Stage()) {
      AtomicInteger asked = new AtomicInteger();
      Supplier<FanOut> start =
          () -> {
            asked.incrementAndGet();
            return stage.stream;
          };
      stage.negotiator.negotiate("hello", Offers.VP8_AND_OPUS, start).join();
      stage
          .negotiator
          .negotiate(Offers.chromium().replace("recvonly", "sendonly"), Offers.VP8_AND_OPUS, start)
          .join();
      assertEquals(0, asked.get());
      assertInstanceOf(
          NegotiationResult.Answered.class,
          stage.negotiator.negotiate(Offers.chromium(), Offers.VP8_AND_OPUS, start).join());
      assertEquals(1, asked.get());
    }
  }

  @Test
  void aViewerThatCannotBeClosedDoesNotKeepTheOthersWhenTheNegotiatorCloses() throws Exception {
    try (Stage stage = new Stage()) {
      stage.join();
      stage.join();
      stage.transport.peers.forEach(peer -> peer.failsToClose = true);
      assertThrows(MediaException.class, stage.negotiator::close);
      assertEquals(0, stage.transport.livePeers());
    }
  }

  @Test
  void theLibraryIsGivenTheRebuiltOffer() throws Exception {
    try (Stage stage = new Stage()) {
      NegotiationResult.Answered answered =
          assertInstanceOf(NegotiationResult.Answered.class, stage.negotiate(Offers.chromium()));
      String offer = stage.transport.peers.get(0).offer;
      assertTrue(offer.contains("a=setup:active\r\n"));
      assertFalse(offer.contains("extmap"));
      assertTrue(answered.answer().contains("a=setup:passive\r\n"));
      assertTrue(answered.answer().contains("192.0.2.1 50000"));
      assertEquals(List.of(answered.viewer()), stage.stream.viewers());
      assertEquals(Viewer.State.CONNECTING, answered.viewer().state());
      // The callbacks came before the call returned, and nobody took that for an end.
      assertFalse(stage.transport.peers.get(0).closed);
    }
  }

  @Test
  void theAnswerWaitsForTheLastCandidate() {
    try (Stage stage = new Stage()) {
      stage.transport.onOffer = peer -> {};
      CompletableFuture<NegotiationResult> result =
          stage.negotiator.negotiate(Offers.chromium(), stage.stream);
      FakeTransport.FakePeer peer = stage.transport.peers.get(0);
      assertFalse(result.isDone());
      peer.gather();
      peer.gather();
      assertInstanceOf(NegotiationResult.Answered.class, result.join());
      assertEquals(1, stage.stream.viewers().size());
    }
  }

  /** On the library's call as on the caller's. */
  @Test
  void whateverFailsWhileTheAnswerIsMadeIsAResult() {
    try (Stage stage = new Stage()) {
      stage.transport.onOffer = peer -> {};
      CompletableFuture<NegotiationResult> result =
          stage.negotiator.negotiate(Offers.chromium(), stage.stream);
      FakeTransport.FakePeer peer = stage.transport.peers.getFirst();
      peer.onDescribe =
          () -> {
            throw new IllegalStateException("on purpose");
          };
      peer.gather();
      assertInstanceOf(NegotiationResult.Failed.class, result.getNow(null));
      assertTrue(peer.closed);
    }
  }

  /** No other thread has a part in it: each costs a rush of viewers its turn on a core. */
  @Test
  void whereAllCandidatesAreKnownTheAnswerIsThereWhenTheCallReturns() {
    try (Stage stage = new Stage()) {
      Thread caller = Thread.currentThread();
      stage.work =
          task -> {
            throw new AssertionError("handed on to " + caller);
          };
      stage.transport.onOffer = peer -> peer.gathered = true;
      CompletableFuture<NegotiationResult> result =
          stage.negotiator.negotiate(Offers.chromium(), stage.stream);
      assertInstanceOf(NegotiationResult.Answered.class, result.getNow(null));
      stage.transport.peers.getFirst().listener.gatheringComplete();
      stage.work = Runnable::run;
    }
  }

  @Test
  void theLimitEndsANegotiationThatHangs() throws Exception {
    try (Stage stage = new Stage(Duration.ofMillis(50))) {
      stage.transport.onOffer = peer -> {};
      assertInstanceOf(NegotiationResult.TimedOut.class, stage.negotiate(Offers.chromium()));
      FakeTransport.FakePeer peer = stage.transport.peers.get(0);
      assertTrue(peer.closed);
      // Too late.
      peer.gather();
      assertEquals(List.of(), stage.stream.viewers());
    }
  }

  @Test
  void aCancelledNegotiationClosesItsPeer() {
    try (Stage stage = new Stage()) {
      stage.transport.onOffer = peer -> {};
      CompletableFuture<NegotiationResult> result =
          stage.negotiator.negotiate(Offers.chromium(), stage.stream);
      result.cancel(false);
      assertTrue(stage.transport.peers.get(0).closed);
    }
  }

  @Test
  void aFailingTransportIsAResult() throws Exception {
    try (Stage stage = new Stage()) {
      stage.transport.refusesPeers = true;
      assertInstanceOf(NegotiationResult.Failed.class, stage.negotiate(Offers.chromium()));
      stage.transport.refusesPeers = false;
      stage.transport.refusesTracks = true;
      assertInstanceOf(NegotiationResult.Failed.class, stage.negotiate(Offers.chromium()));
      stage.transport.refusesTracks = false;
      stage.transport.onOffer = peer -> peer.listener.stateChanged(PeerState.FAILED);
      assertInstanceOf(NegotiationResult.Failed.class, stage.negotiate(Offers.chromium()));
      stage.transport.onOffer =
          peer -> {
            peer.description = "v=0";
            peer.gather();
          };
      assertInstanceOf(NegotiationResult.Failed.class, stage.negotiate(Offers.chromium()));
      assertEquals(0, stage.transport.livePeers());
    }
  }

  @Test
  void aStreamThatEndsMeanwhileTakesNoViewer() throws Exception {
    try (Stage stage = new Stage()) {
      stage.stream.close();
      assertInstanceOf(NegotiationResult.StreamEnded.class, stage.negotiate(Offers.chromium()));
      assertEquals(0, stage.transport.livePeers());
      stage.transport.peers.getFirst().listener.stateChanged(PeerState.CLOSED);
      assertEquals(List.of(), stage.departures, "nobody leaves who did not come");
    }
  }

  @Test
  void whateverFailsAtTheStartIsAResultAndLeavesNoPeer() throws Exception {
    try (Stage stage = new Stage()) {
      stage.transport.onOffer =
          peer -> {
            throw new IllegalStateException("on purpose");
          };
      assertInstanceOf(NegotiationResult.Failed.class, stage.negotiate(Offers.chromium()));
      assertEquals(0, stage.transport.livePeers());
      stage.timer.shutdown();
      assertInstanceOf(NegotiationResult.Failed.class, stage.negotiate(Offers.chromium()));
      assertEquals(0, stage.negotiator.pending());
    }
  }

  @Test
  void aPeerThatCannotBeClosedKeepsNoCallerWaiting() throws Exception {
    try (Stage stage = new Stage()) {
      stage.transport.onOffer =
          peer -> {
            peer.failsToClose = true;
            peer.listener.stateChanged(PeerState.FAILED);
          };
      assertInstanceOf(NegotiationResult.Failed.class, stage.negotiate(Offers.chromium()));
    }
  }

  @Test
  void aStreamThatFailsToTakeItsViewerIsAResult() throws Exception {
    try (Stage stage = new Stage()) {
      stage.demand.fails = true;
      assertInstanceOf(NegotiationResult.Failed.class, stage.negotiate(Offers.chromium()));
      assertEquals(0, stage.transport.livePeers());
      assertEquals(0, stage.negotiator.pending());
      stage.demand.fails = false;
      assertInstanceOf(NegotiationResult.Answered.class, stage.negotiate(Offers.chromium()));
      assertEquals(Set.of(Rendition.best(Codec.VP8)), stage.demand.wanted);
    }
  }

  @Test
  void closingEndsWhatIsUnderWay() throws Exception {
    try (Stage stage = new Stage()) {
      stage.connect();
      stage.transport.onOffer = peer -> {};
      CompletableFuture<NegotiationResult> result =
          stage.negotiator.negotiate(Offers.chromium(), stage.stream);
      stage.negotiator.close();
      assertInstanceOf(NegotiationResult.StreamEnded.class, result.get(30, TimeUnit.SECONDS));
      assertEquals(0, stage.transport.livePeers());
      assertInstanceOf(NegotiationResult.StreamEnded.class, stage.negotiate(Offers.chromium()));
    }
  }
}
